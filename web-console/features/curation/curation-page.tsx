import { Box } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import type { Permission } from '../../../src/contracts/permissions.ts';
import { useSession } from '../../session.tsx';
import { Page, type PageProps } from '../../shell/page.tsx';
import { words } from './copy.ts';
import { DraftBar } from './draft-bar.tsx';
import { DraftQuestionPlace } from './draft-question.tsx';

/** What stands beside each other under "Nội dung bot". */
const PLACES: readonly { readonly path: string; readonly label: string; readonly permission: Permission }[] =
  [
    { path: '/curation/entries', label: words.places.entries, permission: 'corpus.read' },
    { path: '/curation/lexicon', label: words.places.lexicon, permission: 'corpus.read' },
    { path: '/curation/drafts', label: words.places.drafts, permission: 'corpus.read' },
    { path: '/curation/releases', label: words.places.releases, permission: 'corpus.read' },
    { path: '/curation/unanswered', label: words.places.unanswered, permission: 'unanswered.read' },
    { path: '/curation/doctor', label: words.places.doctor, permission: 'corpus.read' },
  ];

/** A screen of the bot's content: below the ways to the others and the draft that is worked in. */
export function CurationPage(props: PageProps) {
  const { may } = useSession();
  const { pathname } = useLocation();
  return (
    <>
      <Box px={{ base: 'md', sm: 'lg' }} pt="sm" className="curation-head">
        <nav aria-label={words.places.title} className="ticket-views curation-places">
          {PLACES.filter(({ permission }) => may(permission)).map(({ path, label }) => (
            <Link
              key={path}
              to={path}
              className="ticket-view"
              aria-current={pathname === path || pathname.startsWith(`${path}/`) ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
        </nav>
        <DraftBar />
      </Box>
      <Page {...props} />
      <DraftQuestionPlace />
    </>
  );
}

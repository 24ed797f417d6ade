import { ActionIcon, Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import IconArchive from '@tabler/icons-react/icons/IconArchive';
import IconArrowLeft from '@tabler/icons-react/icons/IconArrowLeft';
import { Link, useNavigate, useParams } from 'react-router';
import type { ArchivedConversation } from '../../../src/contracts/archive.ts';
import { startWith } from '../../../web-sync/transcript.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { usePageTitle } from '../../shell/page-title.ts';
import { LoadFailed } from '../../shell/states.tsx';
import { opening } from '../../sync/desk-state.ts';
import { contactNameOf } from '../conversations/names.ts';
import { OpeningConversation } from '../conversations/opening-conversation.tsx';
import { standingOf } from '../conversations/standing.ts';
import { TranscriptView } from '../conversations/transcript-view.tsx';
import { useArchived, useRestore } from './archive-queries.ts';
import { archiveCopy as copy } from './copy.ts';

const words = copy.one;

/** One conversation out of the archive, to be read only. */
export function ArchivedScreen() {
  usePageTitle(copy.title);
  const { id = '' } = useParams();
  const one = useArchived(id);
  return (
    <div className="inbox">
      {one.isPending && <OpeningConversation />}
      {one.isError && (
        <Stack p="lg" maw={720}>
          <BackLink />
          <LoadFailed error={one.error} retry={() => void one.refetch()} />
        </Stack>
      )}
      {one.data && <Archived one={one.data} />}
    </div>
  );
}

function BackLink() {
  const { may } = useSession();
  return (
    <ActionIcon
      component={Link}
      to={may('archive.search') ? '/archive' : '/inbox'}
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={words.back}
    >
      <IconArrowLeft size={20} aria-hidden />
    </ActionIcon>
  );
}

function Archived({ one }: { readonly one: ArchivedConversation }) {
  const { conversation: row, messages, notes, contact, archivedAt } = one;
  const { account, may } = useSession();
  const navigate = useNavigate();
  const restore = useRestore(row.id);
  const shown = { ...opening(row.id), phase: 'open' as const, row, notes, contact };
  const standing = { ...standingOf(row, account.id, may), canReveal: false, canNote: false };

  const bringBack = async (): Promise<void> => {
    const question = { title: words.restoreTitle, text: words.restoreText, act: words.restore };
    if (!(await confirmAct(question))) return;
    restore.mutate(undefined, {
      onSuccess() {
        sayDone(words.restored);
        navigate(`/inbox/${row.id}`);
      },
      onError: sayFailed,
    });
  };
  return (
    <section className="conversation archived" aria-label={contactNameOf(row)}>
      <header className="conversation-header">
        <BackLink />
        <div className="conversation-who">
          <h1 className="conversation-name">{contactNameOf(row)}</h1>
          <Text size="xs" c="dimmed">
            {[
              words.span(sayDateTime(row.openedAt), sayDateTime(row.activeAt)),
              row.agent?.name,
              row.closeReason,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        {may('archive.restore') && (
          <Button variant="default" onClick={() => void bringBack()} loading={restore.isPending}>
            {words.restore}
          </Button>
        )}
      </header>
      <Alert icon={<IconArchive size={18} aria-hidden />} color="gray" radius={0} py="xs" role="note">
        <Group gap="sm">
          <Text size="sm">{words.notice(sayDateTime(archivedAt))}</Text>
          {contact.tickets.map(({ code }) => (
            <Anchor key={code} component={Link} to={`/tickets/${code}`} size="sm">
              {copy.ticket(code)}
            </Anchor>
          ))}
        </Group>
      </Alert>
      <TranscriptView
        conversation={{ ...shown, transcript: startWith(messages, false) }}
        standing={standing}
        isArchived
      />
    </section>
  );
}

/** The lists of conversations, and the one that the address names. */
import { Stack, Text, VisuallyHidden } from '@mantine/core';
import { useParams } from 'react-router';
import { copy } from '../../copy.ts';
import { usePageTitle } from '../../shell/page-title.ts';
import { ConversationPane } from './conversation-pane.tsx';
import { InboxList } from './inbox-list.tsx';
import { InboxTools } from './inbox-tools.tsx';
import { LinkBanner } from './link-banner.tsx';
import { useInboxAddress } from './use-inbox-address.ts';

const words = copy.conversations;

export function InboxScreen() {
  usePageTitle(words.title);
  const { id } = useParams();
  const address = useInboxAddress();
  return (
    <div className="inbox">
      <VisuallyHidden component="h1">{words.title}</VisuallyHidden>
      <LinkBanner />
      <div className="inbox-panes" data-open={id !== undefined}>
        <section className="inbox-side" aria-label={words.viewsLabel}>
          <InboxTools address={address} />
          <InboxList address={address} selected={id ?? null} />
        </section>
        {id === undefined ? (
          <Stack className="inbox-nothing" align="center" justify="center" gap={4}>
            <Text fw={600}>{words.pickOne}</Text>
            <Text size="sm" c="dimmed">
              {words.pickOneHint}
            </Text>
          </Stack>
        ) : (
          <ConversationPane key={id} id={id} backTo={address.listAddress} />
        )}
      </div>
    </div>
  );
}

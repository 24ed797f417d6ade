/** The lists of conversations, and the one that the address names. */
import { Stack, Text, VisuallyHidden } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { useParams } from 'react-router';
import { copy } from '../../copy.ts';
import { lazily } from '../../shell/load-later.ts';
import { usePageTitle } from '../../shell/page-title.ts';
import { InboxList } from './inbox-list.tsx';
import { InboxTools } from './inbox-tools.tsx';
import { loadAhead, loadPane } from './load-ahead.ts';
import { OpeningConversation } from './opening-conversation.tsx';
import { useInboxAddress } from './use-inbox-address.ts';

const words = copy.conversations;
/** By then the list has been asked for. */
const AHEAD_AFTER_MS = 300;
const ConversationPane = lazily(loadPane, (file) => file.ConversationPane);

export function InboxScreen() {
  usePageTitle(words.title);
  const { id } = useParams();
  const address = useInboxAddress();
  // The list comes first; whoever then opens a conversation, or something in it, need not wait.
  useEffect(() => {
    const timer = setTimeout(() => void loadAhead(), AHEAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="inbox">
      <VisuallyHidden component="h1">{words.title}</VisuallyHidden>
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
          <Suspense fallback={<OpeningConversation />}>
            <ConversationPane key={id} id={id} backTo={address.listAddress} />
          </Suspense>
        )}
      </div>
    </div>
  );
}

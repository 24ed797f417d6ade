import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ProposalRequest, Suggestions } from '../../../src/contracts/console.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { LoadFailed } from '../../shell/states.tsx';
import { lastOfContact, type OpenConversation } from '../../sync/desk-state.ts';
import { Confidence } from './confidence.tsx';
import { useSuggestions } from './inbox-queries.ts';
import { LEAST_TAUGHT } from './likely.ts';
import { plainText } from './markdown.ts';
import { MarkdownView } from './markdown-view.tsx';

const words = copy.conversations.assist;

interface AssistTabProps {
  readonly conversation: OpenConversation;
  readonly canInsert: boolean;
  readonly insert: (text: string) => void;
}

/** What the corpus would answer to the contact's last message. */
export function AssistTab({ conversation, canInsert, insert }: AssistTabProps) {
  const asked = lastOfContact(conversation.transcript.messages);
  const { data, error, isPending, refetch } = useSuggestions(conversation.id, asked?.seq ?? null);
  if (asked === null) return <Nothing text={words.none} />;
  if (isPending)
    return (
      <Stack p="md">
        <RowsSkeleton rows={3} />
      </Stack>
    );
  if (data === undefined)
    return (
      <Stack p="md">
        <LoadFailed error={error} retry={() => void refetch()} />
      </Stack>
    );
  if (data.entries.length === 0) return <Nothing text={words.nothing} />;
  return (
    <Stack gap="md" p="md">
      <Text size="xs" c="dimmed">
        {words.of}
      </Text>
      {asked.text !== '' && <blockquote className="assist-asked">{asked.text}</blockquote>}
      {data.entries.map((entry) => (
        <Suggestion
          key={entry.intent}
          entry={entry}
          conversation={conversation.id}
          seq={data.seq}
          insert={canInsert ? () => insert(plainText(entry.markdown)) : null}
        />
      ))}
    </Stack>
  );
}

interface SuggestionProps {
  readonly entry: Suggestions['entries'][number];
  readonly conversation: string;
  readonly seq: number | null;
  /** null: nothing can be sent now. */
  readonly insert: (() => void) | null;
}

function Suggestion({ entry, conversation, seq, insert }: SuggestionProps) {
  const { may } = useSession();
  const { title, confidence, markdown, intent } = entry;
  const proposal = useMutation({
    mutationFn: (request: ProposalRequest) => api.post('proposals', request),
    onSuccess: () => sayDone(words.taught),
    onError: sayFailed,
  });
  const teach = async (): Promise<void> => {
    if (seq === null) return;
    const agreed = await confirmAct({
      title: words.teachTitle,
      text: words.teachText(title),
      act: words.teachSend,
    });
    if (agreed) proposal.mutate({ conversation, seq, intent });
  };
  return (
    <article className="suggestion">
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Confidence value={confidence} />
      <details className="suggestion-text">
        <summary>{words.read}</summary>
        <MarkdownView markdown={markdown} />
      </details>
      <Group gap={6}>
        <Button
          size="compact-sm"
          disabled={insert === null}
          onClick={() => insert?.()}
          aria-label={words.insertNamed(title)}
        >
          {words.insert}
        </Button>
        {may('phrases.propose') && confidence >= LEAST_TAUGHT && (
          <Button
            size="compact-sm"
            variant="default"
            loading={proposal.isPending}
            disabled={proposal.isSuccess}
            onClick={() => void teach()}
            aria-label={proposal.isSuccess ? words.taught : words.teachNamed(title)}
          >
            {proposal.isSuccess ? words.taught : words.teach}
          </Button>
        )}
      </Group>
    </article>
  );
}

function Nothing({ text }: { readonly text: string }) {
  return (
    <Text size="sm" c="dimmed" p="md">
      {text}
    </Text>
  );
}

import { Badge, Button, Checkbox, Group, Loader, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { EntryRow, PhraseFeedback } from '../../../src/contracts/curation.ts';
import { api, isApiError } from '../../api.ts';
import { sayDone } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words } from './copy.ts';
import { useCurationReload } from './curation-queries.ts';
import { linesOf } from './entry-rules.ts';
import { judgePhrase, type Verdict } from './phrase-verdict.ts';

const { phrases: says } = words;
const TYPING_MS = 350;
/** Each is asked of the engine; who pastes hundreds looks at the first. */
const MOST_LOOKED_AT = 40;
const LONGEST_PHRASE = 300;

export interface PhrasesDraft {
  readonly id: string;
  /** New phrases that are being typed: they outlive a look at another tab. */
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
}

/** One phrase or many, each with what the bot makes of it before it is taught. */
export function AddPhrases(props: {
  readonly intent: string;
  readonly entries: readonly EntryRow[];
  readonly draft: PhrasesDraft;
}) {
  const { intent, entries, draft } = props;
  const lines = linesOf(draft.typed);
  const [settled] = useDebouncedValue(lines.join('\n'), TYPING_MS);
  const looked = linesOf(settled).slice(0, MOST_LOOKED_AT);
  const answers = useQueries({
    queries: looked.map((text) => ({
      queryKey: ['phrase-feedback', draft.id, intent, text],
      queryFn: () => api.post<PhraseFeedback>('curation/feedback', { draft: draft.id, intent, text }),
      enabled: text.length <= LONGEST_PHRASE,
      staleTime: 60_000,
    })),
  });
  /** What the person decided otherwise than suggested. */
  const [decided, setDecided] = useState<Readonly<Record<string, boolean>>>({});
  const { isBusy, fault, faults, submit, object } = useSubmission(['add']);
  const reload = useCurationReload();
  const titleOf = (id: string): string =>
    id === 'none' ? words.outOfScope : (entries.find((entry) => entry.id === id)?.title ?? id);

  const verdicts = new Map(
    looked.flatMap((text, at): [string, Verdict][] => {
      const { data } = answers[at] ?? {};
      return data === undefined ? [] : [[text, judgePhrase(text, data, intent, titleOf)]];
    }),
  );
  const isWanted = (text: string): boolean =>
    text.length <= LONGEST_PHRASE &&
    verdicts.get(text)?.isRefused !== true &&
    (decided[text] ?? verdicts.get(text)?.isAdvised ?? true);
  const wanted = lines.filter(isWanted);

  function add(event: FormEvent): void {
    event.preventDefault();
    if (wanted.length === 0) {
      object({ add: words.phrases.addHint });
      return;
    }
    void submit(async () => {
      try {
        await api.post(`curation/intents/${intent}/phrases`, { draft: draft.id, add: wanted });
      } catch (error) {
        if (!isApiError(error)) throw error;
        if (error.code.startsWith('phrase_has_')) {
          object({ add: says.refused(error.details[0] ?? '', error.message) });
          return;
        }
        if (error.code !== 'phrase_taken') throw error;
        const [holder = '', phrase = ''] = error.details;
        object({ add: says.taken(phrase, titleOf(holder)) });
        return;
      }
      sayDone(says.added(wanted.length));
      // What was not added stays, to be looked at.
      draft.setTyped(lines.filter((line) => !wanted.includes(line)).join('\n'));
      await reload();
    });
  }

  return (
    <Paper withBorder p="md" component="form" onSubmit={add}>
      <Stack gap="sm">
        <Textarea
          label={says.add}
          description={says.addHint}
          value={draft.typed}
          onChange={(event) => draft.setTyped(event.currentTarget.value)}
          error={faults.add}
          autosize
          minRows={2}
          maxRows={10}
        />
        <ul className="console-plain-list" aria-live="polite">
          {looked.map((text, at) => (
            <Line
              key={text}
              text={text}
              verdict={verdicts.get(text) ?? null}
              isLooking={answers[at]?.isFetching === true}
              failure={
                text.length > LONGEST_PHRASE ? says.lineTooLong : (answers[at]?.error?.message ?? null)
              }
              isWanted={isWanted(text)}
              want={(isOn) => setDecided({ ...decided, [text]: isOn })}
            />
          ))}
        </ul>
        {lines.length > MOST_LOOKED_AT && (
          <Text size="sm" c="dimmed">
            {says.tooMany(MOST_LOOKED_AT)}
          </Text>
        )}
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button type="submit" loading={isBusy} disabled={wanted.length === 0}>
            {says.addAct(wanted.length)}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Line(props: {
  readonly text: string;
  readonly verdict: Verdict | null;
  readonly isLooking: boolean;
  readonly failure: string | null;
  readonly isWanted: boolean;
  readonly want: (isWanted: boolean) => void;
}) {
  const { text, verdict, isLooking, failure, isWanted, want } = props;
  return (
    <li className="curation-feedback">
      <Checkbox
        checked={isWanted}
        disabled={verdict?.isRefused === true}
        onChange={(event) => want(event.currentTarget.checked)}
        aria-label={says.keep(text)}
        mt={2}
      />
      <Stack gap={4} flex={1} miw={0}>
        <Text size="sm" fw={600} className="console-anywhere">
          {text}
        </Text>
        {verdict === null && isLooking && (
          <Group gap="xs">
            <Loader size="xs" />
            <Text size="sm" c="dimmed">
              {says.looking}
            </Text>
          </Group>
        )}
        {failure !== null && (
          <Text size="sm" c="var(--mantine-color-error)">
            {failure}
          </Text>
        )}
        {verdict !== null && (
          <>
            <Group gap={6}>
              {verdict.marks.map(({ tone, says: mark }) => (
                <Badge key={mark} variant="light" color={tone} className="console-badge-line">
                  {mark}
                </Badge>
              ))}
            </Group>
            {verdict.details.map((detail) => (
              <Text key={detail} size="sm" c="dimmed">
                {detail}
              </Text>
            ))}
          </>
        )}
      </Stack>
    </li>
  );
}

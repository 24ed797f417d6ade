import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { DoctorPhrase, MisreadPhrase } from '../../../src/contracts/corpus-doctor.ts';
import { words } from './copy.ts';
import type { PhraseFix } from './doctor-queries.ts';
import { isOutOfScope, whereTo } from './phrase-moves.ts';

/** null: the person may not change phrases. */
export type Fix = ((fix: PhraseFix) => void) | null;

interface PhraseLineProps {
  readonly phrase: DoctorPhrase;
  readonly facts: readonly string[];
  /** What it is near to, or taken for. */
  readonly near: { readonly intent: string; readonly title: string };
  readonly fix: Fix;
  /** What was done to it already. */
  readonly isFixed: boolean;
}

/** A phrase at fault, and what may be done about it. */
export function PhraseLine({ phrase, facts, near, fix, isFixed }: PhraseLineProps) {
  const { text, intent } = phrase;
  const to = whereTo(phrase, near);
  return (
    <Group
      justify="space-between"
      gap="xs"
      align="flex-start"
      data-fixed={isFixed || undefined}
      className="doctor-phrase"
    >
      <Stack gap={0} flex="1 1 240px">
        <Text className="console-anywhere">“{text}”</Text>
        <Text size="sm" c="dimmed">
          {[words.in(words.titleOf(phrase)), ...facts].join(' · ')}
        </Text>
        {isOutOfScope(phrase) && (
          <Text size="sm" c="dimmed">
            {words.onPurpose}
          </Text>
        )}
      </Stack>
      {fix !== null && (
        <Group gap={6}>
          {to !== null && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={isFixed}
              onClick={() => fix({ kind: 'move', text, from: intent, to: to.intent })}
            >
              {words.move(words.titleOf(to))}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            disabled={isFixed}
            aria-label={words.removeNamed(text)}
            onClick={() => fix({ kind: 'remove', text, from: intent })}
          >
            {words.remove}
          </Button>
        </Group>
      )}
    </Group>
  );
}

export function MisreadLine(props: {
  readonly phrase: MisreadPhrase;
  readonly fix: Fix;
  readonly isFixed: boolean;
}) {
  const { read, answered } = props.phrase;
  const facts = [words.readAs(words.titleOf(read), read.confidence), ...(answered ? [] : [words.askedBack])];
  return <PhraseLine {...props} facts={facts} near={read} />;
}

export function EntryLink(entry: { readonly intent: string; readonly title: string }) {
  return (
    <Anchor component={Link} to={`/curation/entries/${entry.intent}`} size="sm">
      {words.openNamed(words.titleOf(entry))}
    </Anchor>
  );
}

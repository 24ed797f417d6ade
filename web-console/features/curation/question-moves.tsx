import { Badge, Button, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { QuestionMove } from '../../../src/contracts/corpus-releases.ts';
import { words as curation } from './copy.ts';
import { useEntries } from './curation-queries.ts';
import { words } from './release-copy.ts';

const { check: says } = words;
const KINDS = ['lost', 'gained', 'flipped'] as const;
const SHOWN_AT_ONCE = 50;

/** The questions that fare otherwise, those that got worse first. */
export function QuestionMoves({ moves }: { readonly moves: readonly QuestionMove[] }) {
  const of = (kind: QuestionMove['move']): QuestionMove[] => moves.filter(({ move }) => move === kind);
  const [kind, setKind] = useState<QuestionMove['move']>(
    KINDS.find((one) => moves.some(({ move }) => move === one)) ?? 'lost',
  );
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {says.moves}
      </Title>
      <div className="curation-scroll">
        <SegmentedControl
          aria-label={says.moves}
          value={kind}
          onChange={(next) => setKind(next as QuestionMove['move'])}
          data={KINDS.map((one) => ({ value: one, label: says.movesOf(one, of(one).length) }))}
        />
      </div>
      <MoveTable key={kind} moves={of(kind)} />
    </Stack>
  );
}

export function MoveTable({
  moves,
  label = says.moves,
}: {
  readonly moves: readonly QuestionMove[];
  readonly label?: string;
}) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const titleOf = useTitles();
  if (moves.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {says.noMoves}
      </Text>
    );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on a phone, so the keyboard must get there */}
      <section className="curation-scroll" aria-label={label} tabIndex={0}>
        <Table verticalSpacing="xs" miw={620}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{says.question}</Table.Th>
              <Table.Th>{says.expected}</Table.Th>
              <Table.Th>{says.before}</Table.Th>
              <Table.Th>{says.after}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {moves.slice(0, shown).map(({ text, expected, before, after, source }) => (
              <Table.Tr key={`${text} ${expected}`}>
                <Table.Td>
                  {text}
                  {source === 'staff' && (
                    <Badge variant="light" color="gray" size="sm" className="console-badge-line">
                      {says.staff}
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td>{titleOf(expected)}</Table.Td>
                <Table.Td>
                  <Fared fared={before} titleOf={titleOf} />
                </Table.Td>
                <Table.Td>
                  <Fared fared={after} titleOf={titleOf} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {moves.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + SHOWN_AT_ONCE)} maw={260}>
          {says.more(moves.length - shown)}
        </Button>
      )}
    </>
  );
}

function Fared(props: { readonly fared: QuestionMove['before']; readonly titleOf: (id: string) => string }) {
  const { outcome, intent, confidence } = props.fared;
  return (
    <>
      <span className="curation-key" data-outcome={outcome}>
        {words.outcomes[outcome]}
      </span>
      <Text size="sm" c="dimmed">
        {intent === null ? says.nothing : props.titleOf(intent)} · {says.sure(confidence)}
      </Text>
    </>
  );
}

/** Titles of entries as they are live; an id where there is none. */
function useTitles(): (id: string) => string {
  const { data } = useEntries({}, null);
  const titles = new Map(data?.entries.map(({ id, title }) => [id, title]));
  return (id) => (id === 'none' ? curation.outOfScope : (titles.get(id) ?? id));
}

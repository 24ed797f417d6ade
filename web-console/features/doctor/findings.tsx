import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Section } from '../../shell/section.tsx';
import { words } from './copy.ts';

/** So many stand there at once: a long list is worked off from its top. */
const SHOWN_FIRST = 10;

interface FindingsProps<T> {
  readonly title: string;
  readonly hint: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly show: (item: T) => ReactNode;
  /** Stands below the list. */
  readonly note?: string | undefined;
}

/** One kind of finding: what it means, how many there are, and each of them. */
export function Findings<T>({ title, hint, items, keyOf, show, note }: FindingsProps<T>) {
  const [shown, setShown] = useState(SHOWN_FIRST);
  const left = items.length - shown;
  return (
    <Section title={title} hint={hint}>
      <Group gap="xs">
        <Badge variant="light" color={items.length === 0 ? 'teal' : 'orange'}>
          {words.count(items.length)}
        </Badge>
        {items.length === 0 && <Text size="sm">{words.healthy}</Text>}
      </Group>
      {items.length > 0 && (
        <ul className="doctor-findings">
          {items.slice(0, shown).map((item) => (
            <li key={keyOf(item)}>{show(item)}</li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <Stack align="flex-start">
          <Button variant="default" size="xs" onClick={() => setShown(shown + SHOWN_FIRST * 2)}>
            {words.more(left)}
          </Button>
        </Stack>
      )}
      {note !== undefined && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </Section>
  );
}

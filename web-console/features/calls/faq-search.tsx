import { Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useState } from 'react';
import { LoadFailed } from '../../shell/states.tsx';
import { Confidence } from '../conversations/confidence.tsx';
import { MarkdownView } from '../conversations/markdown-view.tsx';
import { useAnswerSearch } from './call-queries.ts';
import { callCopy } from './copy.ts';

const words = callCopy.faq;
const TYPED_MS = 300;

/** For whoever is on the telephone and looks for what to say. */
export function FaqSearch() {
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), TYPED_MS);
  const { data, error, refetch } = useAnswerSearch(q);
  const entries = q === '' ? [] : (data?.entries ?? []);
  return (
    <Stack gap="sm" component="section" aria-label={words.title}>
      <Title order={3} size="h5">
        {words.title}
      </Title>
      <TextInput
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {q === '' && (
        <Text size="sm" c="dimmed">
          {words.hint}
        </Text>
      )}
      {error !== null && <LoadFailed error={error} retry={() => void refetch()} />}
      {q !== '' && data !== undefined && entries.length === 0 && <Text size="sm">{words.nothing}</Text>}
      {entries.map(({ intent, title, confidence, markdown }) => (
        <article key={intent} className="call-answer">
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Confidence value={confidence} />
          <details>
            <summary>{words.read}</summary>
            <MarkdownView markdown={markdown} />
          </details>
        </article>
      ))}
    </Stack>
  );
}

import { Select } from '@mantine/core';
import { useState } from 'react';
import { words } from './copy.ts';
import { useAllEntries } from './unanswered-queries.ts';

/** Any intent there is, live or in the draft, by the title of its answer. */
export function OtherIntent(props: {
  readonly draft: string | undefined;
  readonly choose: (intent: string) => void;
}) {
  const { draft, choose } = props;
  const [isWanted, setWanted] = useState(false);
  const { data } = useAllEntries(isWanted, draft);
  return (
    <Select
      aria-label={words.other}
      placeholder={words.other}
      data={(data?.entries ?? []).map(({ id, title }) => ({ value: id, label: title }))}
      value={null}
      onFocus={() => setWanted(true)}
      onChange={(intent) => intent !== null && choose(intent)}
      searchable
      nothingFoundMessage={words.otherNone}
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      w={200}
    />
  );
}

import { CloseButton, Group, NativeSelect, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useRef } from 'react';
import type { EntryList } from '../../../src/contracts/curation.ts';
import { useShortcut } from '../../keyboard.tsx';
import { words } from './copy.ts';
import { type EntriesAddress, SHOWS, type Show } from './entries-address.ts';

export function EntryFilters(props: {
  readonly address: EntriesAddress;
  readonly change: (part: Partial<EntriesAddress>) => void;
  readonly topics: EntryList['topics'];
}) {
  const { address, change, topics } = props;
  const box = useRef<HTMLInputElement>(null);
  useShortcut({ keys: ['/', 's'], label: words.entries.search, run: () => box.current?.focus() });
  return (
    <Group gap="sm" align="flex-end" role="search">
      <TextInput
        ref={box}
        type="search"
        label={words.entries.search}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={address.q}
        onChange={(event) => change({ q: event.currentTarget.value })}
        rightSection={
          address.q !== '' && (
            <CloseButton size="sm" aria-label={words.entries.clearSearch} onClick={() => change({ q: '' })} />
          )
        }
        maxLength={200}
        flex="2 1 260px"
        maw={420}
      />
      <NativeSelect
        label={words.entries.topic}
        data={[
          { value: '', label: words.entries.anyTopic },
          ...topics.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        value={address.topic}
        onChange={(event) => change({ topic: event.currentTarget.value })}
        flex="1 1 160px"
        maw={260}
      />
      <NativeSelect
        label={words.entries.show}
        data={SHOWS.map((show) => ({ value: show, label: words.entries.shows[show] }))}
        value={address.show}
        onChange={(event) => change({ show: event.currentTarget.value as Show })}
        flex="1 1 160px"
        maw={260}
      />
    </Group>
  );
}

/** Above the list: which one, what to look for, what to leave out. */
import { CloseButton, Group, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { copy } from '../../copy.ts';
import { useShortcut } from '../../keyboard.tsx';
import { VIEWS } from './inbox-address.ts';
import { InboxFilters } from './inbox-filters.tsx';
import { useInbox } from './inbox-queries.ts';
import type { InboxAddress } from './use-inbox-address.ts';

const words = copy.conversations;
const LOOK_AFTER_MS = 300;

export function InboxTools({ address }: { readonly address: InboxAddress }) {
  const { filter } = address;
  // Read anyway, for the number in the title.
  const counts = useInbox({ view: 'mine' }).data?.pages[0]?.counts;
  return (
    <div className="inbox-tools">
      <nav aria-label={words.viewsLabel} className="inbox-views">
        {VIEWS.map((view) => (
          <Link
            key={view}
            to={address.viewAddress(view)}
            className="inbox-view"
            aria-current={view === filter.view ? 'page' : undefined}
          >
            {words.views[view]}
            {(view === 'queue' || view === 'mine') && counts !== undefined && counts[view] > 0 && (
              <span className="inbox-count">{counts[view]}</span>
            )}
          </Link>
        ))}
      </nav>
      <Group gap="xs" wrap="nowrap">
        <SearchBox address={address} />
        <InboxFilters address={address} />
      </Group>
    </div>
  );
}

function SearchBox({ address: { filter, setWords } }: { readonly address: InboxAddress }) {
  const inAddress = filter.q ?? '';
  const [typed, setTyped] = useState(inAddress);
  const box = useRef<HTMLInputElement>(null);
  useShortcut({ keys: 's', label: words.keys.search, run: () => box.current?.focus() });
  // The way back, or another list, changes the address: then the box follows.
  useEffect(() => setTyped((before) => (before.trim() === inAddress ? before : inAddress)), [inAddress]);
  useEffect(() => {
    if (typed.trim() === inAddress) return;
    const timer = setTimeout(() => setWords(typed), LOOK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, inAddress, setWords]);
  return (
    <TextInput
      ref={box}
      type="search"
      flex={1}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The browser would empty it.
        event.preventDefault();
        event.currentTarget.blur();
      }}
      placeholder={words.search}
      aria-label={words.search}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed !== '' && <CloseButton size="sm" aria-label={words.clearSearch} onClick={() => setTyped('')} />
      }
    />
  );
}

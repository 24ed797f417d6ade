import { CloseButton, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from '../../keyboard.tsx';
import { copy } from './copy.ts';
import type { TicketAddressing } from './use-ticket-address.ts';

const LOOK_AFTER_MS = 300;

/** Words to look for; `/` leads here. */
export function SearchBox({ addressing: { address, setWords } }: { readonly addressing: TicketAddressing }) {
  const inAddress = address.q ?? '';
  const [typed, setTyped] = useState(inAddress);
  const box = useRef<HTMLInputElement>(null);
  useShortcut({ keys: ['/', 's'], label: copy.keys.search, run: () => box.current?.focus() });
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
      flex="1 1 260px"
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The browser would empty it.
        event.preventDefault();
        event.currentTarget.blur();
      }}
      placeholder={copy.search}
      aria-label={copy.search}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed !== '' && <CloseButton size="sm" aria-label={copy.clearSearch} onClick={() => setTyped('')} />
      }
    />
  );
}

/** Words that a list is narrowed down by, kept in the address. */
import { TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { useShortcut } from '../keyboard.tsx';

export function useFilter(): string {
  return useSearchParams()[0].get('q') ?? '';
}

export function FilterBox({ label }: { readonly label: string }) {
  const [, setQuery] = useSearchParams();
  const filter = useFilter();
  const box = useRef<HTMLInputElement>(null);
  useShortcut({ keys: 's', label, run: () => box.current?.focus() });
  return (
    <TextInput
      ref={box}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={18} aria-hidden />}
      value={filter}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setQuery(value === '' ? {} : { q: value }, { replace: true });
      }}
      maw={420}
    />
  );
}

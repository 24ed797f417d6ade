import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { words } from './copy.ts';

export const ENTRY_TABS = ['answer', 'phrases', 'facts'] as const;
export type EntryTab = (typeof ENTRY_TABS)[number];

/** Which part of an entry is shown, kept in the address. */
export function useEntryTab(): readonly [EntryTab, (tab: EntryTab) => void] {
  const [query, setQuery] = useSearchParams();
  const { state } = useLocation();
  return [
    ENTRY_TABS.find((tab) => tab === query.get('tab')) ?? 'answer',
    (tab) => setQuery(tab === 'answer' ? {} : { tab }, { replace: true, state }),
  ];
}

export function EntryTabs(props: {
  readonly tab: EntryTab;
  readonly open: (tab: EntryTab) => void;
  readonly phrases: number;
  readonly panels: Readonly<Record<EntryTab, ReactNode>>;
}) {
  const { tab, open, phrases, panels } = props;
  return (
    <Tabs value={tab} onChange={(name) => open((name ?? 'answer') as EntryTab)} keepMounted={false}>
      <Tabs.List>
        {ENTRY_TABS.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {words.entry.tabs[name]}
            {name === 'phrases' && ` (${phrases})`}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {ENTRY_TABS.map((name) => (
        <Tabs.Panel key={name} value={name} pt="md">
          {panels[name]}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

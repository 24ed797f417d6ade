/** What is being written about a ticket; it outlives a reload of the page. */
import { useState } from 'react';
import { createBrowserStorage } from '../../../web-sync/browser-storage.ts';
import { PREFIX } from '../../sync/storage-prefix.ts';

export type ComposerMode = 'reply' | 'note';

const storage = createBrowserStorage(() => localStorage);

export function useTicketDraft(
  account: string,
  code: string,
  mode: ComposerMode,
): readonly [string, (text: string) => void] {
  const place = (of: ComposerMode): string => `${PREFIX}ticket.${account}.${code}.${of}`;
  const [texts, setTexts] = useState<Readonly<Record<ComposerMode, string>>>(() => ({
    reply: storage.get(place('reply')) ?? '',
    note: storage.get(place('note')) ?? '',
  }));
  return [
    texts[mode],
    (text) => {
      if (text === '') storage.remove(place(mode));
      else storage.set(place(mode), text);
      setTexts((before) => ({ ...before, [mode]: text }));
    },
  ];
}

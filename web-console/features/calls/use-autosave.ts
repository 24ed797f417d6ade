/** What is typed of a call is kept on this device with every stroke, and with the desk a moment later. */
import { useEffect, useRef, useState } from 'react';
import { createBrowserStorage } from '../../../web-sync/browser-storage.ts';
import { PREFIX } from '../../sync/storage-prefix.ts';

const SAVE_AFTER_MS = 700;
const TRY_AGAIN_MS = 4_000;

const storage = createBrowserStorage(() => localStorage);

export type SaveState = 'saved' | 'saving' | 'unsaved';

/** @param save throws when the desk does not have it */
export function useAutosave(
  name: string,
  stored: string,
  save: (text: string) => Promise<void>,
): { readonly text: string; readonly change: (text: string) => void; readonly state: SaveState } {
  const key = `${PREFIX}call-note.${name}`;
  const [text, setText] = useState(() => storage.get(key) ?? stored);
  const [state, setState] = useState<SaveState>(text === stored ? 'saved' : 'saving');
  const latest = useRef({ text, save, timer: undefined as ReturnType<typeof setTimeout> | undefined });
  latest.current.save = save;

  const saveNow = async (): Promise<void> => {
    const { current } = latest;
    clearTimeout(current.timer);
    const sent = current.text;
    if (storage.get(key) === null) return;
    setState('saving');
    try {
      await current.save(sent);
      // More may have been typed meanwhile: then it is due again.
      if (current.text !== sent) return;
      storage.remove(key);
      setState('saved');
    } catch {
      setState('unsaved');
      current.timer = setTimeout(() => void saveNow(), TRY_AGAIN_MS);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what an earlier visit left behind; and at the end
  useEffect(() => {
    void saveNow();
    return () => void saveNow();
  }, [key]);
  return {
    text,
    state,
    change(next) {
      const { current } = latest;
      current.text = next;
      setText(next);
      setState('saving');
      storage.set(key, next);
      clearTimeout(current.timer);
      current.timer = setTimeout(() => void saveNow(), SAVE_AFTER_MS);
    },
  };
}

import { useRef, useState } from 'react';
import { lastSeq } from '../../../web-sync/transcript.ts';
import type { OpenConversation } from '../../sync/desk-state.ts';
import { useDesk } from '../../sync/use-desk.ts';
import type { Mode } from './composer-mode.ts';

/** What is being written, for each way to say it. The reply is also kept by the desk. */
export function useComposerTexts({ id, draft, transcript }: OpenConversation) {
  const desk = useDesk();
  const [texts, setTexts] = useState<Readonly<Record<Mode, string>>>(() => ({
    reply: desk.drafts.read(id, draft),
    note: '',
    whisper: '',
  }));
  const last = lastSeq(transcript);
  const began = useRef(last);
  return {
    texts,
    setText(mode: Mode, text: string): void {
      if (mode === 'reply') {
        if (texts.reply === '') began.current = last;
        desk.drafts.write(id, text);
      }
      setTexts((before) => ({ ...before, [mode]: text }));
    },
    /** The last message when the reply was begun. */
    beganAfter: () => (texts.reply === '' ? last : began.current),
  };
}

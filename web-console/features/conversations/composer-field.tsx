import { Textarea } from '@mantine/core';
import type { ClipboardEvent, KeyboardEvent, Ref } from 'react';
import type { CannedReply } from '../../../src/contracts/canned.ts';
import type { ConversationRow } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { fillCanned } from './canned.ts';
import { CannedListView } from './canned-list.tsx';
import { formatTime } from './clock.ts';
import type { Mode } from './composer-mode.ts';
import { useCannedList } from './use-canned-list.ts';

const words = copy.conversations;

interface ComposerFieldProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly row: ConversationRow;
  readonly mode: Mode;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly send: () => void;
  readonly takeFiles: (files: Iterable<File>) => void;
  readonly onBlur: () => void;
}

/** The text itself: Enter sends, and a slash at the beginning offers what is ready. */
export function ComposerField(props: ComposerFieldProps) {
  const { ref, row, mode, text, setText, send, takeFiles, onBlur } = props;
  const { account } = useSession();
  const pick = (reply: CannedReply): void =>
    setText(
      fillCanned(reply.text, {
        khach: row.contactName ?? words.customer,
        nhan_vien: account.name,
        gio: formatTime(Date.now()),
      }),
    );
  const canned = useCannedList(mode === 'reply' ? text : '', pick);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // Telex and its kin: Enter ends the word that is being composed. Safari says so by the code alone.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (canned.onKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') event.currentTarget.blur();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    takeFiles(event.clipboardData.files);
  };
  return (
    <div className="composer-field">
      <CannedListView list={canned} pick={pick} />
      <Textarea
        ref={ref}
        autosize
        minRows={2}
        maxRows={9}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={onBlur}
        placeholder={words.composer[mode]}
        aria-label={words.composer[mode]}
        aria-autocomplete={mode === 'reply' ? 'list' : undefined}
        aria-controls={canned.isOpen && canned.replies.length > 0 ? canned.id : undefined}
        aria-activedescendant={
          canned.isOpen && canned.replies.length > 0 ? canned.optionId(canned.active) : undefined
        }
      />
    </div>
  );
}

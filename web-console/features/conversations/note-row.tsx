import type { Note } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { formatTime } from './clock.ts';

const words = copy.conversations;

/** What staff say among themselves, between the messages. */
export function NoteRow({ note, isOwn }: { readonly note: Note; readonly isOwn: boolean }) {
  const kind = note.whisper ? words.whisper : words.note;
  return (
    <article className="note" aria-label={kind} data-whisper={note.whisper}>
      <p className="message-head">
        <span className="note-kind">{kind}</span> ·{' '}
        <span className="message-name">{isOwn ? words.you : note.author.name}</span>{' '}
        <time dateTime={note.at}>{formatTime(note.at)}</time>
      </p>
      <div className="note-text">{note.text}</div>
    </article>
  );
}

/** Replies that are ready: found by what is typed behind a slash, and filled in for the contact at hand. */
import type { CannedReply } from '../../../src/contracts/canned.ts';
import { fold } from './fold.ts';

/** What is looked for; null: the text does not begin with a slash, or goes on behind the first line. */
export function slashQuery(text: string): string | null {
  return text.startsWith('/') && !text.includes('\n') ? text.slice(1) : null;
}

/** Those that fit, best first: by shortcut, then by title, then by text. Accents do not matter. */
export function findCanned(replies: readonly CannedReply[], query: string): readonly CannedReply[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const start = words.join('-');
  const rank = ({ shortcut, title, text }: CannedReply): number | null => {
    if (fold(shortcut).startsWith(start)) return 0;
    const has = (where: string): boolean => words.every((word) => fold(where).includes(word));
    if (has(`${shortcut} ${title}`)) return 1;
    return has(text) ? 2 : null;
  };
  return replies
    .flatMap((reply) => {
      const place = rank(reply);
      return place === null ? [] : [{ reply, place }];
    })
    .sort((a, b) => a.place - b.place || a.reply.shortcut.localeCompare(b.reply.shortcut, 'vi'))
    .map(({ reply }) => reply);
}

export interface CannedValues {
  readonly khach: string;
  readonly nhan_vien: string;
  readonly gio: string;
}

/** Names in braces that are not known stay as they are. */
export function fillCanned(text: string, values: CannedValues): string {
  return text.replace(/\{(khach|nhan_vien|gio)\}/g, (_, name: keyof CannedValues) => values[name]);
}

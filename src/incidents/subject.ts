/** What a question is about, for counting it with its like. Pure. */
import { searchWords } from '../kernel/search-words.ts';

/** A question as the rest of the desk tells of it. */
export interface AskedQuestion {
  readonly conversation: string;
  /** Secrets are masked. */
  readonly text: string;
  readonly decision: 'answer' | 'clarify' | 'unknown';
  /** What was answered. */
  readonly intent: string | null;
  /** The best few, in order. */
  readonly candidates: readonly { readonly intent: string }[];
}

/** `intent:password.forgot`, `wording:dang loi nhap vssid`; `*`: all questions together. */
export type Subject = string;
export const ALL: Subject = '*';

const INTENT = 'intent:';
const WORDING = 'wording:';

/** Words of courtesy and address, which say nothing of what is asked. */
const EMPTY_WORDS = new Set(
  (
    'ad admin ah anh ban bac ben biet cac chao chi cho co cua dc di duoc em gi giup ha hoi la lam minh ' +
    'nao nha nhe oi roi sao shop thi toi va vay voi xin'
  ).split(' '),
);
/** Shorter ones are alike by chance, longer ones never. */
const FEWEST_WORDS = 2;
const MOST_WORDS = 12;

/**
 * Near-same wordings have the same key: accents, order, repetitions, numbers and courtesies do not matter.
 * @returns null: too few words to tell, or a long story
 */
export function wordingKey(text: string): string | null {
  const kept = new Set(
    searchWords(text.replaceAll(/\[\w+\]/gu, ' ')).filter(
      (word) => word.length > 1 && !/\p{N}/u.test(word) && !EMPTY_WORDS.has(word),
    ),
  );
  if (kept.size < FEWEST_WORDS || kept.size > MOST_WORDS) return null;
  return [...kept].sort().join(' ');
}

/** A question that has to be asked back most likely means the best candidate. null: nothing to count it with. */
export function subjectOf({ decision, intent, candidates, text }: AskedQuestion): Subject | null {
  const meant = intent ?? (decision === 'clarify' ? candidates[0]?.intent : undefined);
  if (meant !== undefined) return INTENT + meant;
  const key = wordingKey(text);
  return key === null ? null : WORDING + key;
}

export function intentSubject(intent: string): Subject {
  return INTENT + intent;
}

export function readSubject(
  subject: Subject,
):
  | { readonly kind: 'intent'; readonly intent: string }
  | { readonly kind: 'wording'; readonly words: string } {
  return subject.startsWith(INTENT)
    ? { kind: 'intent', intent: subject.slice(INTENT.length) }
    : { kind: 'wording', words: subject.slice(WORDING.length) };
}

/** A question as it is kept for curation, and the rule that takes out what must not be kept. Pure. */

export interface Candidate {
  readonly intent: string;
  /** 0..1. */
  readonly confidence: number;
}

/** What the rest of the desk tells of a question it answered. */
export interface AnsweredQuestion {
  /** As typed: it is masked before it is kept anywhere. */
  readonly text: string;
  /** The parts of `text`, by UTF-16 offset, that must not be kept. */
  readonly redactions: readonly { readonly type: string; readonly start: number; readonly end: number }[];
  readonly platform: 'android' | 'ios' | null;
  readonly decision: 'answer' | 'clarify' | 'unknown';
  readonly intent: string | null;
  /** Calibrated, 0..1. */
  readonly confidence: number;
  /** The best few, in order. */
  readonly candidates: readonly Candidate[];
  /** The release that answered; null: files that are not known to be one. */
  readonly release: number | null;
  /** Where it was asked; null: over the API. */
  readonly place: { readonly conversation: string; readonly seq: number } | null;
}

export interface Question extends Omit<AnsweredQuestion, 'redactions'> {
  /** Given when it is noted, so that a batch can be written twice without doubling it. */
  readonly id: string;
  readonly at: Date;
  /** With "[phone]" and the like in place of what must not be kept. */
  readonly text: string;
}

/** The text with "[type]" in place of each redaction; where two overlap, the whole of both is taken out. */
export function maskText(text: string, redactions: AnsweredQuestion['redactions']): string {
  let masked = '';
  let from = 0;
  for (const { type, start, end } of [...redactions].sort((a, b) => a.start - b.start)) {
    if (start >= from) masked += `${text.slice(from, start)}[${type}]`;
    from = Math.max(from, end);
  }
  return masked + text.slice(from);
}

/** Names of things people ask about that look like secrets: letters and digits together. */
const HARMLESS =
  /^(?:iphone|ipad|ios|android|samsung|galaxy|oppo|vivo|xiaomi|redmi|note|vssid|win(?:dows)?|v)[\p{L}\p{N}.+-]*$/iu;

/**
 * What the engine does not know for a secret but may be one. The log is for what people want to know; a false alarm
 * costs it a word, a miss keeps a password.
 * @returns the text with e-mail addresses, runs of five digits and more, and words of letters with digits in them masked
 */
export function maskSuspects(text: string): string {
  return text
    .replace(/[^\s@,;]{1,64}@[^\s@,;]{1,255}\.[a-z]{2,}/giu, '[email]')
    .replace(/[^\s,;()[\]]+/gu, (word) => {
      const mixed = /\p{L}/u.test(word) && /\p{N}/u.test(word) && word.length >= 6;
      return mixed && !HARMLESS.test(word) ? '[secret]' : word;
    })
    .replace(/\p{N}(?:[ .-]?\p{N}){4,}/gu, '[number]');
}

/** Does a chunk of a message look like a password? How much it must look so depends on what stands before it. */
import { decodeTelex, decodeVni } from '../text/keystrokes.ts';
import { foldAccents, isFoldedSyllable } from '../text/syllables.ts';
import { wordSet } from './phrase-index.ts';
import { type TextView, wordAfter } from './text-view.ts';

/**
 * direct: "mật khẩu của tôi là …"; distant: other words lie between ("mật khẩu mà hôm qua anh ấy cho là …");
 * unsaid: no "là" and no colon ("mk Abc@123").
 */
export type Certainty = 'direct' | 'distant' | 'unsaid';

export interface Secret {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Reads the chunk as a secret, without the punctuation of the sentence round it. null when it is ordinary text. */
export function readSecret(
  view: TextView,
  start: number,
  chunkEnd: number,
  certainty: Certainty,
): Secret | null {
  let end = trimEnd(view.folded, start, chunkEnd, ',;:)"\'].?>');
  if (!/[\d@#$%^&*_]/.test(view.folded.slice(start, end))) end = trimEnd(view.folded, start, end, '!.?,');
  const folded = view.folded.slice(start, end);
  // "**Quên mật khẩu**" is a button in an answer that somebody pasted.
  if (folded.length < SHORTEST || folded.startsWith('**') || PUBLIC.test(folded)) return null;
  const cased = view.cased.slice(start, end);
  const isAccented = view.typed.slice(start, end) !== folded;
  const isLast = view.folded.slice(chunkEnd).trim() === '';
  return looksSecret(folded, cased, certainty, isAccented, isLast) ? { value: cased, start, end } : null;
}

const SHORTEST = 4;
/** Behind a number these make it an amount of something. */
const UNITS = wordSet(
  'so ky kytu chu lan phut giay gio ngay thang nam tuan nguoi cai dong d k tr trieu ngan nghin vnd',
);
const DIGIT_GROUPS = /\d{1,4}(?: \d{1,4}){1,19}(?![a-z]|[ .,/:-]?\d)/y;

/** "12 34 56" where a password is sure to stand. */
export function readDigitGroups(view: TextView, start: number): Secret | null {
  const secret = readAt(DIGIT_GROUPS, view, start);
  const digits = secret?.value.replaceAll(' ', '').length ?? 0;
  return secret !== null && digits >= SHORTEST && digits <= 20 && !UNITS.has(wordAfter(view, secret.end))
    ? secret
    : null;
}

/** Six to eight digits by themselves; longer ones are numbers of persons and telephones. */
const LONE_DIGITS = /(?<![\d.,/-])\d{6,8}(?![a-z\d]|[.,/-]\d)/y;

/** "chữ A hoa rồi 12345678": the digits in a description of a password. */
export function readLoneDigits(view: TextView, start: number): Secret | null {
  const secret = readAt(LONE_DIGITS, view, start);
  return secret === null || PUBLIC.test(secret.value) || UNITS.has(wordAfter(view, secret.end))
    ? null
    : secret;
}

const PASSPHRASE =
  /[a-z]{1,12}(?: [a-z]{1,12}){0,3} (?:[a-z]{1,12}\d{1,8}|(?!8079|1[89]00\d{4})\d{3,8})(?![a-z\d]|[.,/:@-][a-z\d])/y;
/** With these the words tell about a password, a date or a place: "là do công ty cấp năm 2021". */
const TALE =
  /(?:^| )(?:gi|sao|nao|ai|dau|bao|may|bat|buoc|khong|phai|so|day|chuoi|chu|ma|do|nam|thang|ngay|sinh|sn|quan|phuong|duong|ap|xa|to|sdt|dt|thoai|bhxh|bhyt|cccd|cmnd|cmt|otp|mk|pass|gui|goi|nhap|nhan|tu|den|hay|hoac)(?= )/;
const CAPITALISED = /^(?:[\p{Lu}\d][^ ]* ?)+$/u;

/** "Nguyen Van A 1990", or "toi yeu em 1990" where the clause ends: words whose last has digits. */
export function readPassphrase(view: TextView, start: number): Secret | null {
  const secret = readAt(PASSPHRASE, view, start);
  if (secret === null || TALE.test(view.folded.slice(start, secret.end))) return null;
  const isName = !view.isShouted && CAPITALISED.test(secret.value);
  return isName || /^ *(?:$|[\n.,;!?)"'])/.test(view.folded.slice(secret.end, secret.end + 3))
    ? secret
    : null;
}

/** Quoted, these are what an app says or asks for. */
const NOTICE =
  /\b(?:mat khau|pass|password|mk|ky tu|khong (?:dung|hop|chinh|duoc|ton|khop|trung|the)|sai|loi|gi|sao|nao|bat buoc|xac nhan|dang nhap|tai khoan|dien thoai|ma so|ngay sinh)\b/;

/** Several words in quotes where a password is sure to stand: "toi yeu em". */
export function readQuoted(view: TextView, start: number, end: number): Secret | null {
  const folded = view.folded.slice(start, end);
  const isQuoted = /["']/.test(view.folded.charAt(start - 1)) && view.folded[end] === view.folded[start - 1];
  return isQuoted && /^\S+ [^\n]*$/.test(folded) && folded.length >= SHORTEST && !NOTICE.test(folded)
    ? { value: view.cased.slice(start, end), start, end }
    : null;
}

function readAt(sticky: RegExp, view: TextView, start: number): Secret | null {
  sticky.lastIndex = start;
  if (!sticky.test(view.folded)) return null;
  return { value: view.cased.slice(start, sticky.lastIndex), start, end: sticky.lastIndex };
}

/** The SMS gateway, hotlines, addresses: they follow "mật khẩu" often and open nothing. */
const PUBLIC =
  /^(?:8079|1[89]00\d*|https?:.*|www\..*|[^@\s]+@[a-z\d-]+(?:\.[a-z]{2,})+|[a-z\d.-]+\.(?:vn|com|net|org)(?:\/.*)?)$/;

function looksSecret(
  folded: string,
  cased: string,
  certainty: Certainty,
  isAccented: boolean,
  isLast: boolean,
): boolean {
  if (/^\d+$/.test(folded)) return folded.length <= (certainty === 'direct' ? 20 : 8);
  // Dates, prices and ranges are secrets only when they are said to be.
  if (/^[\d.,/:-]+$/.test(folded)) return certainty === 'direct' && folded.length >= 6;
  if (/^[a-z]+$/.test(folded)) return !isAccented && looksSecretInLetters(folded, cased, certainty, isLast);
  if (/^[a-z\d]+$/.test(folded)) return looksSecretInBoth(folded, certainty);
  if (isAccented && !/\d/.test(folded)) return false;
  if (/[@#$%^&*!_+~\\|]/.test(folded))
    return /[a-z\d]{2}/.test(folded) && (certainty === 'direct' || folded.length >= 5);
  const isMixed = /\d/.test(folded) && /[a-z]/.test(folded);
  if (certainty === 'direct') return isMixed;
  return isMixed && folded.split(/[^a-z\d]+/).some((part) => /^(?=.*\d)(?=.*[a-z]).{5,}$/.test(part));
}

/** Words that stand behind "mật khẩu là" or "pass:" and are no Vietnamese syllables. */
const ORDINARY = wordSet(
  'vssid vneid bhxh bhyt email gmail mail sms otp cccd cmnd password pass zalo default wrong error invalid forgot reset login app ' +
    'android iphone ipad ios oppo vivo samsung xiaomi redmi realme nokia huawei vsmart facebook google website captcha ' +
    'username user account text number change your random',
);

function looksSecretInLetters(folded: string, cased: string, certainty: Certainty, isLast: boolean): boolean {
  if (certainty === 'unsaid' || ORDINARY.has(folded)) return false;
  if (/[a-z][A-Z]|[A-Z]{2}[a-z]/.test(cased)) return true;
  if (certainty === 'distant') return false;
  if (isFoldedSyllable(folded)) return isLast && /^[A-Z][a-z]+$/.test(cased);
  return decodeTelex(folded) === null;
}

const AMOUNT = /^\d{1,4}(?:so|ky|kytu|chu|d|k|tr|p|ph|h|s|phut|ngay|thang|nam|lan|gio|vnd|dong)$/;
const DEVICE_OR_CARD =
  /^(?:ip|iphone|ios|android|samsung|oppo|vivo|mi|note|win|zone)\d{1,2}[a-z]*$|^[a-z]{2}\d{13}$/;
const ASKING = wordSet('gi sao nao dau bat buoc the bao');

function looksSecretInBoth(folded: string, certainty: Certainty): boolean {
  if (AMOUNT.test(folded)) return false;
  // VNI keys write at most a mark and a tone: "khau63".
  const decoded = folded.replace(/\D/g, '').length <= 2 ? decodeVni(folded) : null;
  if (certainty === 'direct') return decoded === null || !ASKING.has(foldAccents(decoded));
  return decoded === null && folded.length >= 5 && !DEVICE_OR_CARD.test(folded);
}

function trimEnd(text: string, start: number, end: number, marks: string): number {
  let trimmed = end;
  while (trimmed > start && marks.includes(text.charAt(trimmed - 1))) trimmed--;
  return trimmed;
}

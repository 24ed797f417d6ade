/**
 * Passwords that a message gives away. After "mật khẩu" and its like the message is walked chunk by chunk
 * (a chunk is a run without white space) until one is a secret, or it is plain that none will come.
 * A false alarm hides a word; a miss keeps somebody's password: in doubt what has digits is a secret.
 */
import { decodeTelex, decodeVni } from '../text/keystrokes.ts';
import type { Candidate } from './entity.ts';
import { compilePhrases, findPhrase, wordSet } from './phrase-index.ts';
import {
  type Certainty,
  readDigitGroups,
  readLoneDigits,
  readPassphrase,
  readQuoted,
  readSecret,
  type Secret,
} from './secret-shape.ts';
import { type TextView, wordIndexAt } from './text-view.ts';

const CUES = compilePhrases(
  (
    'mật khẩu|mật mã|mật khẫu|mật khâu|mậc khẩu|mâtkhẩu|mậtkhẩu|matkhau|mk|mkhẩu|mkhau|mật khẩu đăng nhập|pass|pas|pass word|' +
    'password|passwork|passwort|passwd|pw|pwd|passcode|mã pin|mã bí mật'
  )
    .split('|')
    .map((phrase): [string, true] => [phrase, true]),
);

/** May stand between the cue and its secret: "mk vssid của em Abc@123", "mật khẩu là dãy số 123456". */
const QUALIFIERS = wordSet(
  'cua toi tui em e minh m con chau me ba bo cha ong anh chi co chu bac vo chong vssid app ung dung tai khoan tk acc account ' +
    'dang nhap cu moi hien tai nay day ne nha nhe a do wifi zalo email mail web cong dich vu thi van se phai nen dat doi de duoc cap my so day chuoi chu',
);
const CONNECTORS = wordSet('la laf la2 thanh sang is');
/** After "là" these ask or rule: "mật khẩu là gì", "là bắt buộc". */
const QUESTIONS = wordSet('gi j gif gi2 sao nao ai dau bao may the chi rang bat khong');
/** Other things that "là" may tell, from here on: "quên mật khẩu, mã số bhxh của tôi là …". */
const OTHER_TOPICS = wordSet(
  'bhxh bhyt sdt dt dien thoai cccd cmnd cmt otp sinh ten hoten gmail nguoi 8079 loi',
);
const LONGEST_WAY = 10;
const LONGEST_QUOTE = 40;
/** Longer passwords are cut here, so that a message without blanks takes no more time than others. */
const LONGEST_CHUNK = 100;

export function findPasswords(view: TextView): Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at < view.words.length; at++) {
    const length = cueLength(view, at);
    if (length === 0) continue;
    const secret = readAfter(view, at + length - 1, followsAccount(view, at)) ?? readBefore(view, at);
    if (secret !== null && (!isMyself(view, at) || /^(?=\S*[a-z])\S*[\d@#$%^&*]\S*$/i.test(secret.value))) {
      found.push({ type: 'password', ...secret });
      const second = readSecond(view, secret.end);
      if (second !== null) found.push({ type: 'password', ...second });
    }
    at += length - 1;
  }
  return found;
}

/** How many words of a cue start here; 0 for none. Also "maatj khaaur", "mat65 khau63": keys with the input method off. */
function cueLength(view: TextView, at: number): number {
  // "BH MK 0123456789" is the message to 8079.
  if (view.words[at]!.folded === 'mk' && view.words[at - 1]?.folded === 'bh') return 0;
  const match = findPhrase(CUES, view, at);
  if (match !== null) return match.length;
  const [first, second] = [view.words[at]!.folded, view.words[at + 1]?.folded ?? ''];
  if (!/^ma[a-z\d]{1,4}$/.test(first) || !/^kh[a-z\d]{2,6}$/.test(second)) return 0;
  // A tone key may be wrong: "mat5 khau63".
  if (/\d/.test(first + second) && `${first} ${second}`.replace(/\d/g, '') === 'mat khau') return 2;
  const decoded = [first, second].map(
    (keys) => (/\d/.test(keys) ? decodeVni(keys) : decodeTelex(keys)) ?? keys,
  );
  return decoded[0] === 'mật' && decoded[1] === 'khẩu' ? 2 : 0;
}

const BEFORE_MYSELF = wordSet(
  'dt sdt thoai so bhxh cccd cmnd the ten mail email gmail may cua con nha me bo ba chong vo cty que voi cho giup nick zalo',
);

/** "sđt mk là 0912345678", "cho mk hỏi": here mk is "mình" (I), unless what follows cannot be anything but a password. */
function isMyself({ words: all }: TextView, at: number): boolean {
  return all[at]!.folded === 'mk' && BEFORE_MYSELF.has(all[at - 1]?.folded ?? '');
}

/** What may stand between two words on the way: nothing that ends the matter, and perhaps a colon. */
const GAP = /[\s("'[<]*(?:(?:[:=]+|-+>|=>|- )[\s("'[<]*)?/y;
/** The same in "mật_khẩu_là_abc12345". */
const JOINED_GAP = /[\s_("'[<]*(?:(?:[:=]+|-+>|=>|- )[\s_("'[<]*)?/y;
const CONNECTING_MARK = /[:=>]|- /;

/**
 * Walks on from a cue, word by word, to its secret.
 * @param cue index of the cue's last word
 * @param isSaid a secret is sure to follow, as if "là" stood there
 */
function readAfter(view: TextView, cue: number, isSaid: boolean): Secret | null {
  let position = view.words[cue]!.end;
  let isConnected = isSaid;
  let isDirect = true;
  let isTold = isSaid;
  const isJoined = view.folded[position] === '_';
  const gapPattern = isJoined ? JOINED_GAP : GAP;
  const wayPattern = isJoined ? /^[:="'(]*$|^[:=_]/ : /^[:="'(]*$|^[:=]/;
  for (let step = 0; step < LONGEST_WAY; step++) {
    gapPattern.lastIndex = position;
    const gap = gapPattern.exec(view.folded)?.[0] ?? '';
    isConnected ||= CONNECTING_MARK.test(gap);
    isTold ||= isConnected;
    const start = position + gap.length;
    const end = chunkEnd(view.folded, start);
    const at = wordIndexAt(view, start);
    const word = view.words[at];
    if (end === start || /^[,.;!?)]/.test(view.folded.charAt(start))) return null;
    const leading = word?.start === start ? word.folded : '';
    const isQualifier =
      QUALIFIERS.has(leading) ||
      (leading === 'mk' && isMyself(view, at)) ||
      (leading === 'tu' && isChangeFrom(view, at));
    const isOnTheWay = leading !== '' && wayPattern.test(view.folded.slice(word!.end, end));
    if (isJoined && (QUESTIONS.has(leading) || /^\d{1,2}$/.test(leading))) return null;
    if (isOnTheWay && CONNECTORS.has(leading)) {
      isConnected = true;
    } else if (!isOnTheWay || !isQualifier || isConnected) {
      const certainty = isConnected ? (isDirect ? 'direct' : 'distant') : 'unsaid';
      const secret =
        (isConnected || isDirect ? readAnySecret(view, start, end, certainty) : null) ??
        (isTold ? readLoneDigits(view, start) : null);
      // "mat_khau_vssid_bi_loi" is a headline.
      if (secret !== null && isJoined && /^[^\d_]*_[^\d]*$/.test(secret.value)) return null;
      if (secret !== null) return secret;
      // Another cue looks for its secret itself.
      if (leading === '' || cueLength(view, at) > 0) return null;
      if (OTHER_TOPICS.has(leading) || (isConnected && QUESTIONS.has(leading))) return null;
      isConnected &&= isQualifier;
      isDirect &&= isQualifier || /^\d{6,}$/.test(leading);
    }
    position = word!.end;
  }
  return null;
}

/** What reads several chunks goes first: the first of them alone may look like a secret too. */
function readAnySecret(view: TextView, start: number, end: number, certainty: Certainty): Secret | null {
  const long =
    certainty === 'direct'
      ? (readQuoted(view, start, end) ?? readDigitGroups(view, start) ?? readPassphrase(view, start))
      : null;
  return long ?? readSecret(view, start, end, certainty);
}

const CHANGE_TO = wordSet('sang thanh');

/** "từ" in "đổi mk từ abc123 sang xyz789"; the old password may be several words ("Abc@123"). */
function isChangeFrom({ words: all }: TextView, at: number): boolean {
  return all.slice(at + 2, at + 5).some(({ folded }) => CHANGE_TO.has(folded));
}

/** "tk 0123456789 mk hoangnam": behind an account a password needs no "là". */
function followsAccount({ words: all }: TextView, cue: number): boolean {
  return /^\d{9,}$/.test(all[cue - 1]?.folded ?? '');
}

/** "mật khẩu cũ: abc123, mới: Xyz456", "từ abc123 sang Xyz456" */
function readSecond(view: TextView, end: number): Secret | null {
  const at = wordIndexAt(view, end);
  const word = view.words[at]?.folded ?? '';
  return /^(?:moi|cu|new|old|sang|thanh)$/.test(word) ? readAfter(view, at, false) : null;
}

/** "Abc@123 là mật khẩu của tôi" */
function readBefore(view: TextView, cue: number): Secret | null {
  const connector = view.words[cue - 1];
  if (connector === undefined || !CONNECTORS.has(connector.folded)) return null;
  const { folded } = view;
  let end = connector.start;
  while (end > 0 && folded[end - 1] === ' ') end--;
  const limit = Math.max(0, end - LONGEST_CHUNK);
  let start = end;
  while (start > limit && folded[start - 1] !== ' ' && folded[start - 1] !== '\n') start--;
  return end > start ? readSecret(view, start, end, 'unsaid') : null;
}

/** A chunk ends at white space, or where the quotes before it are closed. */
function chunkEnd(folded: string, start: number): number {
  const quote = folded[start - 1];
  const closed = quote === '"' || quote === "'" ? folded.indexOf(quote, start) : -1;
  if (closed > start && closed - start <= LONGEST_QUOTE) return closed;
  const limit = Math.min(folded.length, start + LONGEST_CHUNK);
  let end = start;
  while (end < limit && folded[end] !== ' ' && folded[end] !== '\n') end++;
  return end;
}

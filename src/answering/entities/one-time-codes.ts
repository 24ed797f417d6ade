/** One-time codes that a message gives away: "otp là 293132", "mã xác thực: 1234 56", "293132 là mã otp". */
import type { Candidate } from './entity.ts';
import { compilePhrases, findPhrase, wordSet } from './phrase-index.ts';
import { type TextView, type Word, wordAfter, wordIndexAt } from './text-view.ts';

/** With the raw Telex and VNI keys of "mã xác thực / nhận / minh". */
const CUES = compilePhrases(
  (
    'otp|o t p|mã otp|mã xác thực|mã xác nhận|mã xác minh|mã kích hoạt|mã bảo mật|mã code|code|mã pin otp|opt|mã opt|' +
    'max xacs thuwcj|max xacs thucwj|max xacs nhaanj|max xacs nhanaj|max xacs minh|ma4 xac1 thuc75|ma4 xac1 thu7c5|ma4 xac1 nhan65|ma4 xac1 minh'
  )
    .split('|')
    .map((phrase): [string, true] => [phrase, true]),
);

/** May stand between the cue and its digits. */
const FILLERS = wordSet(
  'so ma moi nay ne day do cua toi tui em e minh m con chau bac chi anh vssid app otp ban nhe nha a',
);
/** May stand there too, when "là" or a colon follows: "otp gửi về máy là …", but not "otp gửi về 8079". */
const TELLING = wordSet(
  'gui ve may email mail sms dien thoai dt tin nhan bao vua duoc cho ra hien vao nhap doc co',
);
const CONNECTORS = wordSet('la laf la2 thi');
const LONGEST_WAY = 10;
const LONGEST_WAY_BACK = 6;
/** "4 8 2 9 1 3 2 7 là": each digit is a word. */
const LONGEST_CODE_BACK = 9;

/** Four to eight digits, in one piece, in groups ("1234 56") or one by one. Sticky: it is asked at one place. */
const CODE =
  /(?<!\d)(?:\d{2,4}(?:[ -]\d{2,4}){1,2}(?![ .,/-]?\d)|\d{4,8}(?![.,/-]?\d)|(?<!\d[ .,/-])\d(?:[ -]\d){3,7}(?![ .,/-]?\d))/y;
/** Numbers that everybody writes and that open nothing: the SMS gateway, hotlines. */
const PUBLIC_NUMBER = /^(?:8079|1[89]00\d*)$/;

export function findOneTimeCodes(view: TextView): Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at < view.words.length; at++) {
    const match = findPhrase(CUES, view, at);
    if (match === null) continue;
    const code = readCodeAfter(view, at + match.length) ?? readCodeBefore(view, at);
    if (code !== null) found.push(code);
    at += match.length - 1;
  }
  return found;
}

function readCodeAfter(view: TextView, first: number): Candidate | null {
  let needsConnector = false;
  let isElsewhere = false;
  for (let at = first; at < Math.min(view.words.length, first + LONGEST_WAY); at++) {
    const word = view.words[at]!;
    const gap = view.folded.slice(view.words[at - 1]!.end, word.start);
    if (/[.!?;]/.test(gap)) return null;
    // A new line ends the matter, unless what comes next is what was announced: "mã otp là" and the code below it.
    const isAnnounced = at === first || CONNECTORS.has(view.words[at - 1]!.folded) || /[:=]/.test(gap);
    if (gap.includes('\n') && !isAnnounced) return null;
    if (/[:=]/.test(gap)) needsConnector = false;
    const code = needsConnector || isElsewhere ? readBareCode(view, word) : readCode(view, word.start);
    if (code !== null) return code;
    if (CONNECTORS.has(word.folded)) needsConnector = false;
    else if (TELLING.has(word.folded)) needsConnector = true;
    else if (!FILLERS.has(word.folded) && !/^\d{1,2}$/.test(word.folded)) isElsewhere = true;
  }
  return null;
}

const BARE_CODE = /(?<!\d[ .,/-]?)\d{6}(?![ .,/-]?\d)/y;
const MONEY = wordSet('dong d vnd k nguoi');

/** Six digits by themselves, the usual length, are the code wherever they stand: "đọc otp cho họ rồi 482913". */
function readBareCode(view: TextView, word: Word): Candidate | null {
  BARE_CODE.lastIndex = word.start;
  if (!BARE_CODE.test(view.folded) || word.end - word.start !== 6 || MONEY.has(wordAfter(view, word.end)))
    return null;
  return { type: 'otp', value: word.folded, start: word.start, end: word.end };
}

/** "293132 là mã otp", "nhập 293132 mà báo sai otp": digits that end where "là" begins, or six of them. */
function readCodeBefore(view: TextView, cue: number): Candidate | null {
  const isNamed = CONNECTORS.has(view.words[cue - 1]?.folded ?? '');
  for (let at = cue - 1; at >= Math.max(0, cue - LONGEST_CODE_BACK); at--) {
    const word = view.words[at]!;
    if (/[.!?;\n]/.test(view.folded.slice(word.end, view.words[at + 1]!.start))) return null;
    const code = isNamed ? readCode(view, word.start) : null;
    if (code !== null && wordIndexAt(view, code.end) === cue - 1) return code;
    const bare = at >= cue - LONGEST_WAY_BACK ? readBareCode(view, word) : null;
    if (bare !== null) return bare;
  }
  return null;
}

function readCode(view: TextView, start: number): Candidate | null {
  CODE.lastIndex = start;
  const written = CODE.exec(view.folded)?.[0];
  const digits = written?.replace(/\D/g, '') ?? '';
  if (written === undefined || digits.length < 4 || digits.length > 8 || PUBLIC_NUMBER.test(digits))
    return null;
  return { type: 'otp', value: digits, start, end: start + written.length };
}

/** What somebody wrote just now, apart from signatures and the mails that their program quotes below. Pure. */

export interface FoldedMail {
  readonly text: string;
  /** Empty: there is nothing to fold. */
  readonly quoted: string;
}

/** Patterns look at this much of a line, and at this many lines together: no mail makes them slow. */
const MOST_OF_LINE = 400;
const MOST_LINES = 3;

/** `Vào Th 2, 5 thg 10, 2026 lúc 09:15 Hỗ trợ <hotro@…> đã viết:` and its like, as one line. */
const ATTRIBUTION = /^(?:(?:Vào|Ngày|Lúc) .{0,350}\d.{0,350}viết|On .{0,350}\d.{0,350} wrote)\s*:$/u;
/** Without a date: it is told by the address, on one line. */
const SHORT_ATTRIBUTION = /^.{3,200}<[^<>\s]+@[^<>\s]+> (?:đã viết|viết|wrote)\s*:$/iu;
/** What follows is another mail as a whole. */
const SEPARATOR = [
  /^[-_—\s]{2,}\s*(?:Thư gốc|Tin nhắn gốc|Thư ban đầu|Email gốc|Original Message|Original Appointment)\s*[-_—\s]{2,}$/iu,
  /^_{20,}$/,
];
/** The heads that Outlook and phones put above a quoted mail. */
const HEAD_FROM = /^[*\s]*(?:Từ|Người gửi|From)[*\s]*:/iu;
const HEAD_MORE =
  /^[*\s]*(?:Đã gửi|Ngày gửi|Ngày|Gửi|Sent|Date|Tới|Đến|Người nhận|To|Chủ đề|Subject)[*\s]*:/iu;

const SIGNATURE_MARK = /^--\s?$/;
const PHONE_MARK =
  /^(?:(?:Được )?gửi (?:từ|bằng) |Sent (?:from|via|with) |Tải (?:về )?Outlook|Get Outlook|Lấy Outlook)/iu;
const CLOSING =
  /^(?:Xin )?(?:Trân trọng|Kính thư|Thân ái|Thân mến|Best regards|Kind regards|Regards|Thanks (?:and|&) (?:best )?regards)(?:\s+(?:cảm ơn|kính chào|cám ơn))?(?:\s*[,.!]*)$/iu;
/** A closing further up is part of the letter. */
const MOST_BELOW_CLOSING = 10;

export function foldMail(mail: string): FoldedMail {
  const lines = mail.replaceAll('\r\n', '\n').split('\n');
  const { said, quoted } = splitQuotes(lines);
  const signatureAt = findSignature(said);
  const text = tidy(said.slice(0, signatureAt));
  // Somebody who forwards a mail, or sends nothing but a signature, wants that to be read.
  if (text === '') return { text: tidy(lines), quoted: '' };
  return { text, quoted: tidy([...said.slice(signatureAt), ...quoted]) };
}

function splitQuotes(lines: readonly string[]): { said: string[]; quoted: string[] } {
  const said: string[] = [];
  const quoted: string[] = [];
  for (let at = 0; at < lines.length; ) {
    if (isSeparator(lines, at)) return { said, quoted: [...quoted, ...lines.slice(at)] };
    const attribution = measureAttribution(lines, at);
    if (attribution > 0) {
      const below = lines.slice(at + attribution).find((line) => line.trim() !== '');
      // Programs that mark each quoted line may be followed by an answer below; the others quote to the end.
      if (below === undefined || !isQuotedLine(below))
        return { said, quoted: [...quoted, ...lines.slice(at)] };
      quoted.push(...lines.slice(at, at + attribution));
      at += attribution;
      continue;
    }
    const line = lines[at] ?? '';
    (isQuotedLine(line) ? quoted : said).push(line);
    at += 1;
  }
  return { said, quoted };
}

function isQuotedLine(line: string): boolean {
  return /^\s{0,3}>/.test(line);
}

function beginningOf(line: string | undefined): string {
  return (line ?? '').slice(0, MOST_OF_LINE).trim();
}

function isSeparator(lines: readonly string[], at: number): boolean {
  const line = beginningOf(lines[at]);
  if (SEPARATOR.some((pattern) => pattern.test(line))) return true;
  if (!HEAD_FROM.test(line)) return false;
  const next = lines.slice(at + 1, at + 6).filter((one) => HEAD_MORE.test(beginningOf(one)));
  return next.length >= 2;
}

/** How many lines an attribution takes that begins here: long ones are broken. 0: none begins. */
function measureAttribution(lines: readonly string[], at: number): number {
  if (beginningOf(lines[at]) === '') return 0;
  const together = (from: number, to: number): string => lines.slice(from, to).map(beginningOf).join(' ');
  for (let count = 1; count <= MOST_LINES; count++) {
    if (!ATTRIBUTION.test(together(at, at + count))) continue;
    // The line above one may happen to begin in the same way.
    const beginsLater = Array.from({ length: count - 1 }, (_, index) => at + 1 + index).some((from) =>
      ATTRIBUTION.test(together(from, at + count)),
    );
    return beginsLater ? 0 : count;
  }
  return SHORT_ATTRIBUTION.test(beginningOf(lines[at])) ? 1 : 0;
}

/** Where the signature begins; the length: nowhere. */
function findSignature(lines: readonly string[]): number {
  const lastSaid = lines.findLastIndex((line) => line.trim() !== '');
  const at = lines.findIndex((line, index) => {
    const beginning = beginningOf(line);
    if (SIGNATURE_MARK.test(line) || PHONE_MARK.test(beginning)) return true;
    return CLOSING.test(beginning) && lastSaid - index <= MOST_BELOW_CLOSING;
  });
  return at < 0 ? lines.length : at;
}

function tidy(lines: readonly string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

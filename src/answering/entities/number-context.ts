/** What the words round a number say it is: the same ten digits can be a BHXH number or a mobile phone. */
import { compilePhrases, findPhrase, type PhraseMatch } from './phrase-index.ts';
import { type TextView, wordIndexAt } from './text-view.ts';

type NumberKind = 'bhxhNumber' | 'bhytCard' | 'nationalId' | 'passport' | 'phone';

interface Cue {
  readonly kind: NumberKind;
  /** A weak cue names the matter ("bhxh"), not the number ("mã số bhxh"): any strong cue outdoes it. */
  readonly strong: boolean;
}

const CUE_PHRASES: readonly (readonly [NumberKind, boolean, string])[] = [
  ['bhxhNumber', true, 'mã số|mã bhxh|mã bảo hiểm|mã bh|số bhxh|số bh|số sổ|sổ bhxh|số bảo hiểm|sổ bảo hiểm'],
  ['bhxhNumber', true, 'msbh|msbhxh|mabhxh|maso|sobh|sobhxh|mbhxh|bh mk|số cuối|tên đăng nhập'],
  ['bhxhNumber', false, 'bhxh|bảo hiểm|bảo hiểm xã hội|bh'],
  [
    'bhytCard',
    true,
    'thẻ bhyt|mã thẻ|số thẻ|mã bhyt|số bhyt|thẻ bảo hiểm y tế|thẻ y tế|mã số thẻ|thẻ bảo hiểm|mã thẻ bhyt',
  ],
  ['bhytCard', false, 'bhyt|bảo hiểm y tế|y tế|thẻ'],
  [
    'nationalId',
    true,
    'cccd|cmnd|cmt|cmtnd|chứng minh|chứng minh thư|chứng minh nhân dân|căn cước|căn cước công dân|socccd|socmnd',
  ],
  ['nationalId', true, 'số định danh|mã định danh|định danh|số cc|cc|cmnd cũ'],
  ['passport', true, 'hộ chiếu|passport|passpost|pasport|số hc'],
  [
    'phone',
    true,
    'sđt|sdt|số đt|đt|điện thoại|số điện thoại|đthoại|đt di động|số di động|số máy|số phone|sodt|sodienthoai',
  ],
  [
    'phone',
    true,
    'gọi|gọi lại|zalo|liên hệ|lh|liên lạc|alo|a lô|phone|tel|hotline|call|sim|viber|tổng đài|nhắn tin|nhắn|số cá nhân',
  ],
];

const CUES = compilePhrases<Cue>(
  CUE_PHRASES.flatMap(([kind, strong, phrases]) =>
    phrases.split('|').map((phrase): [string, Cue] => [phrase, { kind, strong }]),
  ),
);

/** How far a cue may stand from its number, in words. "mã số bhxh mà hôm qua anh nhân viên đọc cho tôi là" is ten. */
const WORDS_BEFORE = 12;
const WORDS_AFTER = 6;

/** Which kind the words round a number name, and how surely. null when they say nothing. */
export type NumberContext = Cue | null;

/**
 * Looks for the nearest cue before a number, then behind it ("… là mã số bhxh của tôi").
 * @param number `from` is where the number before it ends, `until` where the next one starts: words
 *   beyond them belong to those
 */
export function readNumberContext(
  view: TextView,
  number: { readonly start: number; readonly end: number; readonly from: number; readonly until: number },
): NumberContext {
  const first = wordIndexAt(view, number.start);
  let nearest: Cue | null = null;
  for (let at = Math.max(0, first - WORDS_BEFORE, wordIndexAt(view, number.from)); at < first; ) {
    const match = findPhrase(CUES, view, at);
    const cue = match === null || at + match.length > first ? null : toCue(view, at, match);
    if (cue !== null && (cue.strong || !nearest?.strong)) nearest = cue;
    at += cue === null ? 1 : match!.length;
  }
  if (nearest?.strong) return nearest;
  return findCueAfter(view, number.end, number.until) ?? nearest;
}

function findCueAfter(view: TextView, end: number, until: number): Cue | null {
  let at = wordIndexAt(view, end);
  const isNamed = view.words[at]?.folded === 'la';
  // Without "là" a cue in front of another number is that number's.
  if (!isNamed && until < view.folded.length) return null;
  for (const last = at + WORDS_AFTER; at < last && at < view.words.length; at++) {
    if (view.words[at]!.start >= until) return null;
    const cue = findPhrase(CUES, view, at);
    if (cue?.value.strong) return toCue(view, at, cue);
  }
  return null;
}

/** "10 số cuối trên thẻ BHYT" is the BHXH number, though it names the card. */
function toCue(view: TextView, at: number, match: PhraseMatch<Cue>): Cue {
  if (match.value.kind !== 'bhytCard') return match.value;
  const isTail = view.words.slice(Math.max(0, at - 3), at).some(({ folded }) => folded === 'cuoi');
  return isTail ? { kind: 'bhxhNumber', strong: true } : match.value;
}

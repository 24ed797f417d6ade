/**
 * Vietnamese syllables: taking accents off, finding the tone, and saying whether a letter run can be
 * a syllable at all. Letters are compared in lower case and NFC.
 */

export type Tone = 0 | 1 | 2 | 3 | 4 | 5;

/** A syllable taken apart: `toneless` keeps the vowel marks (â, ơ, đ), `tone` is the mark above or below. */
export interface Syllable {
  readonly toneless: string;
  readonly tone: Tone;
}

const TONE_MARKS = ['', '\u0301', '\u0300', '\u0309', '\u0303', '\u0323'];
const BASES = 'aăâeêioôơuưy';

const TONED = new Map<string, { base: string; tone: Tone }>();
const FOLDED = new Map<string, string>([['đ', 'd']]);
for (const base of BASES) {
  const plain = base.normalize('NFD').charAt(0);
  TONE_MARKS.forEach((mark, tone) => {
    const letter = (base + mark).normalize('NFC');
    TONED.set(letter, { base, tone: tone as Tone });
    FOLDED.set(letter, plain);
  });
}

const PLAIN = /^[\0-\x7f]*$/;

/** Takes all accents off lower-case Vietnamese text: "mật khẩu" → "mat khau", "đ" → "d". Other letters lose their marks too. */
export function foldAccents(text: string): string {
  if (PLAIN.test(text)) return text;
  let folded = '';
  for (const letter of text) folded += FOLDED.get(letter) ?? foldOther(letter);
  return folded;
}

function foldOther(letter: string): string {
  if (letter <= '\x7f') return letter;
  return letter.normalize('NFD').replace(/\p{M}+/gu, '');
}

/** Separates tone from letters: "hoà" and "hòa" are both {toneless: "hoa", tone: 2}. A second tone mark is ignored. */
export function separateTone(word: string): Syllable {
  if (PLAIN.test(word)) return { toneless: word, tone: 0 };
  let toneless = '';
  let tone: Tone = 0;
  for (const letter of word) {
    const toned = TONED.get(letter);
    if (toned === undefined) {
      toneless += letter;
    } else {
      toneless += toned.base;
      if (tone === 0) tone = toned.tone;
    }
  }
  return { toneless, tone };
}

const ONSETS = [
  ...['', 'b', 'c', 'ch', 'd', 'đ', 'g', 'gh', 'gi', 'h', 'k', 'kh', 'l', 'm', 'n', 'ng', 'ngh', 'nh', 'p'],
  ...['ph', 'qu', 'r', 's', 't', 'th', 'tr', 'v', 'x'],
];

/** Rhymes with vowel marks, without tone. Those that end in a stop (p, t, c, ch) carry only sắc and nặng. */
const RHYMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
  o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
  ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt
  uơ up ut uy uya uych uyên uyêt uynh uyt uyu uyn ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
  y yêm yên yêng yêt yêu`.split(/\s+/),
);

const FOLDED_RHYMES = new Set([...RHYMES].map(foldAccents));
const FOLDED_ONSETS = ONSETS.map(foldAccents);

/** Can this lower-case word be one Vietnamese syllable, with the accents it has? "khẩu" yes, "pass" and "khâut" no. */
export function isSyllable(word: string): boolean {
  const { toneless, tone } = separateTone(word);
  const stopped = /(?:[ptc]|ch)$/.test(toneless);
  return (!stopped || tone === 0 || tone === 1 || tone === 5) && hasShape(toneless, ONSETS, RHYMES);
}

/** Could this accentless word be a syllable typed without its accents? "duoc" yes, "vssid" no. */
export function isFoldedSyllable(folded: string): boolean {
  return hasShape(folded, FOLDED_ONSETS, FOLDED_RHYMES);
}

function hasShape(toneless: string, onsets: readonly string[], rhymes: ReadonlySet<string>): boolean {
  return onsets.some(
    (onset) => toneless.startsWith(onset) && rhymes.has(rhymeAfter(onset, toneless.slice(onset.length))),
  );
}

/** "gì" is written g + ì and "quên" qu + ên: the shared letter belongs to the rhyme when nothing else is left. */
function rhymeAfter(onset: string, rest: string): string {
  if (onset === 'gi' && (rest === '' || /^(?:n|ng|m|t|p|c|ch|nh|u|a|êu|êng|êt|êc)$/.test(rest)))
    return `i${rest}`;
  return rest;
}

const OLD_STYLE = /^(.*)(o[aeà-ỹ]|u[yà-ỹ])$/u;

/** Puts the tone where today's spelling has it ("thuỷ", "hoà" → "thủy", "hòa") so that both spellings are one word. */
export function canonicalSpelling(word: string): string {
  if (PLAIN.test(word) || !OLD_STYLE.test(word) || word.startsWith('qu')) return word;
  const { toneless, tone } = separateTone(word);
  const vowels = /(oa|oe|uy)$/.exec(toneless)?.[1];
  if (vowels === undefined || tone === 0) return word;
  const stem = toneless.slice(0, -2);
  return (stem + vowels.charAt(0) + TONE_MARKS[tone] + vowels.charAt(1)).normalize('NFC');
}

/** Writes a tone over a toneless syllable at the place where today's spelling puts it. */
export function addTone(toneless: string, tone: Tone): string {
  if (tone === 0) return toneless;
  const at = tonePosition(toneless);
  if (at < 0) return toneless;
  const mark = TONE_MARKS[tone] ?? '';
  return (toneless.slice(0, at + 1) + mark + toneless.slice(at + 1)).normalize('NFC');
}

function tonePosition(toneless: string): number {
  let onset = /^(?:gi|qu)(?=[aăâeêioôơuưy])/.exec(toneless)?.[0].length ?? 0;
  if (onset === 0) onset = toneless.search(/[aăâeêioôơuưy]/);
  if (onset < 0) return -1;
  const vowels = /^[aăâeêioôơuưy]+/.exec(toneless.slice(onset))?.[0] ?? '';
  const closed = onset + vowels.length < toneless.length;
  const marked = [...vowels].findLastIndex((vowel) => 'ăâêôơư'.includes(vowel));
  if (marked >= 0) return onset + marked;
  if (vowels.length === 1) return onset;
  if (vowels.length >= 3) return onset + 1;
  return closed ? onset + 1 : onset;
}

/** What the contact said, made comparable: words without accents, chat spelling written out. */
import { foldAccents } from '../answering/text/syllables.ts';
import type { Understanding } from './turn.ts';

export interface Word {
  /** In lower case, with the accents typed. */
  readonly typed: string;
  /** Without accents, chat spelling written out: "ko" is "khong". */
  readonly folded: string;
  /** Where it stands in `Said.text`. */
  readonly start: number;
  readonly end: number;
}

export interface Said {
  readonly text: string;
  readonly words: readonly Word[];
  /** All words, folded, with one blank between. */
  readonly folded: string;
  /** The same without particles of courtesy at both ends: "dạ đúng rồi ạ" is "dung". */
  readonly core: string;
  readonly entities: Understanding['entities'];
}

/** Only what stands for one word wherever it is typed in a chat. */
const CHAT_SPELLING: Readonly<Record<string, string>> = {
  ko: 'khong',
  k: 'khong',
  kh: 'khong',
  hk: 'khong',
  hok: 'khong',
  hem: 'khong',
  hong: 'khong',
  hoong: 'khong',
  khg: 'khong',
  kg: 'khong',
  kp: 'khong phai',
  kphai: 'khong phai',
  dc: 'duoc',
  r: 'roi',
  rui: 'roi',
  roai: 'roi',
  uk: 'u',
  uh: 'u',
  um: 'u',
  uhm: 'u',
  umm: 'u',
  uki: 'ok',
  oke: 'ok',
  okey: 'ok',
  okay: 'ok',
  okie: 'ok',
  oki: 'ok',
  okla: 'ok',
  okela: 'ok',
  vag: 'vang',
  zang: 'vang',
  dug: 'dung',
  bik: 'biet',
  bit: 'biet',
  bt: 'biet',
  ntn: 'nhu the nao',
  lm: 'lam',
  j: 'gi',
  z: 'vay',
  vs: 'voi',
  e: 'em',
  mk: 'mat khau',
  nv: 'nhan vien',
  sdt: 'so dien thoai',
  dt: 'dien thoai',
};

const PARTICLES: ReadonlySet<string> = new Set(
  'da a ah aj ha nhe nha nhen nghe oi em anh chi ad ban voi gium dum giup luon roi day vay do nao'.split(' '),
);

export function listen(text: string, entities: Understanding['entities'] = []): Said {
  const composed = text.normalize('NFC');
  const words = readWords(composed);
  const folded = words.map((word) => word.folded).join(' ');
  return { text: composed, words, folded, core: withoutParticles(folded), entities };
}

/** Words without accents, as `Said.folded` has them. */
export function fold(text: string): string {
  return readWords(text.normalize('NFC'))
    .map((word) => word.folded)
    .join(' ');
}

function readWords(composed: string): Word[] {
  return [...composed.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(({ 0: written, index: start }) => {
    const typed = written.toLowerCase();
    const plain = foldAccents(typed).replace(/(.)\1{2,}/gu, '$1');
    const folded = CHAT_SPELLING[plain] ?? plain;
    return { typed, folded, start, end: start + written.length };
  });
}

function withoutParticles(folded: string): string {
  const words = folded.split(' ');
  let from = 0;
  let to = words.length;
  while (from < to && PARTICLES.has(words[from]!)) from++;
  while (to > from && PARTICLES.has(words[to - 1]!)) to--;
  return from === to ? folded : words.slice(from, to).join(' ');
}

/** How likely one written word is a slip for another one letter away. Both are without accents. */

/** The letters beside each key of the QWERTY keyboard, which Vietnamese phones use. */
const NEIGHBOURS: Readonly<Record<string, string>> = {
  q: 'wa',
  w: 'qeas',
  e: 'wrsd',
  r: 'etdf',
  t: 'ryfg',
  y: 'tugh',
  u: 'yihj',
  i: 'uojk',
  o: 'ipkl',
  p: 'ol',
  a: 'qwsz',
  s: 'awedxz',
  d: 'serfcx',
  f: 'drtgvc',
  g: 'ftyhbv',
  h: 'gyujnb',
  j: 'huiknm',
  k: 'jiolm',
  l: 'kop',
  z: 'asx',
  x: 'zsdc',
  c: 'xdfv',
  v: 'cfgb',
  b: 'vghn',
  n: 'bhjm',
  m: 'njk',
};

/** Letters that sound alike in one region or another: s/x, d/r/v (and gi), l/n, i/y, c/k/q. */
const SOUNDS = [
  'sx',
  'dr',
  'dv',
  'vr',
  'ln',
  'iy',
  'ck',
  'kq',
  'cq',
  'zd',
  'zr',
  'jd',
  'wu',
  'gj',
  'tc',
  'ou',
  'ie',
  'ao',
];
const ALIKE = new Set(SOUNDS.flatMap((pair) => [pair, [...pair].reverse().join('')]));

const COST = { sound: 0.5, swap: 0.5, doubled: 0.3, neighbour: 1, letter: 1.5, other: 2.5 } as const;

/**
 * Cost in nats of typing `written` when `meant` was meant; they are one slip apart
 * (one letter more, fewer or other, or two neighbours swapped).
 */
export function slipCost(written: string, meant: string): number {
  if (written.length === meant.length) return replacedCost(written, meant);
  const [longer, shorter] = written.length > meant.length ? [written, meant] : [meant, written];
  let at = 0;
  while (at < shorter.length && longer[at] === shorter[at]) at += 1;
  const extra = longer.charAt(at);
  if (extra === longer.charAt(at - 1) || extra === longer.charAt(at + 1)) return COST.doubled;
  if (extra === 'h' || extra === 'g') return COST.sound;
  return COST.letter;
}

function replacedCost(written: string, meant: string): number {
  let at = 0;
  while (written[at] === meant[at]) at += 1;
  const wrong = written.charAt(at);
  const right = meant.charAt(at);
  if (written[at + 1] === right && meant[at + 1] === wrong) return COST.swap;
  if (ALIKE.has(wrong + right)) return COST.sound;
  return NEIGHBOURS[wrong]?.includes(right) ? COST.neighbour : COST.other;
}

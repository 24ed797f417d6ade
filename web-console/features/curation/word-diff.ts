/** What changed between two texts, word by word. Pure. */

export interface DiffPiece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Words and what stands between them; line breaks are pieces of their own. */
const PIECES = /\n|[^\S\n]+|[^\s]+/g;
/** The table of the longest common run has this many cells at most; larger differences are shown as a whole. */
const MOST_CELLS = 4_000_000;

export function diffWords(before: string, after: string): DiffPiece[] {
  const old = before.match(PIECES) ?? [];
  const now = after.match(PIECES) ?? [];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const middle = diffMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return joined([...old.slice(0, start).map(same), ...middle, ...old.slice(old.length - end).map(same)]);
}

const same = (text: string): DiffPiece => ({ kind: 'same', text });

function diffMiddle(old: readonly string[], now: readonly string[]): DiffPiece[] {
  const whole: DiffPiece[] = [
    ...old.map((text): DiffPiece => ({ kind: 'removed', text })),
    ...now.map((text): DiffPiece => ({ kind: 'added', text })),
  ];
  if (old.length === 0 || now.length === 0 || old.length * now.length > MOST_CELLS) return whole;
  const width = now.length + 1;
  /** Of each pair of places: the longest common run from there on. */
  const longest = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      longest[i * width + j] =
        old[i] === now[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  const pieces: DiffPiece[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      pieces.push(same(old[i]!));
      i++;
      j++;
    } else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)
      pieces.push({ kind: 'removed', text: old[i++]! });
    else pieces.push({ kind: 'added', text: now[j++]! });
  }
  while (i < old.length) pieces.push({ kind: 'removed', text: old[i++]! });
  while (j < now.length) pieces.push({ kind: 'added', text: now[j++]! });
  return pieces;
}

/** Neighbours of one kind as one piece; a blank between two changes belongs to them. */
function joined(pieces: readonly DiffPiece[]): DiffPiece[] {
  const whole: { kind: DiffPiece['kind']; text: string }[] = [];
  for (const { kind, text } of pieces) {
    const last = whole.at(-1);
    if (last?.kind === kind) last.text += text;
    else whole.push({ kind, text });
  }
  return whole;
}

/** How many unchanged letters are kept at each side of a change. */
const AROUND = 120;

/** Long unchanged stretches are cut down to what stands near a change. */
export function shortened(pieces: readonly DiffPiece[]): DiffPiece[] {
  return pieces.map((piece, at) => {
    if (piece.kind !== 'same' || piece.text.length <= 2 * AROUND) return piece;
    const head = at === 0 ? '' : piece.text.slice(0, AROUND);
    const tail = at === pieces.length - 1 ? '' : piece.text.slice(-AROUND);
    return { kind: 'same', text: `${head} … ${tail}` };
  });
}

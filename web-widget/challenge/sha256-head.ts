/**
 * The first 32 bits of SHA-256, of short ASCII texts, as fast as a cheap phone can. The browser's own is missing on plain
 * http and answers too late for a hundred thousand small questions.
 */

/** The beginnings of the fractions of roots of the first primes, as the standard has them. */
const PRIMES: number[] = [];
for (let number = 2; PRIMES.length < 64; number++)
  if (PRIMES.every((prime) => number % prime !== 0)) PRIMES.push(number);
const fraction = (root: number): number => ((root % 1) * 2 ** 32) | 0;
const K = Int32Array.from(PRIMES, (prime) => fraction(prime ** (1 / 3)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(prime ** 0.5));
/** One block of the hash holds it, with the end mark and its length. */
export const LONGEST_TEXT = 55;

/**
 * Hashes `prefix` with a number behind it.
 * @param prefix ASCII; with the number at most LONGEST_TEXT characters
 * @returns a function that takes the number and gives the first 32 bits
 */
export function createHead(prefix: string): (number: number) => number {
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < prefix.length; at++) bytes[at] = prefix.charCodeAt(at);
  const words = new Int32Array(64);
  const [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0] = START;

  return (number) => {
    const digits = String(number);
    const length = prefix.length + digits.length;
    for (let at = 0; at < digits.length; at++) bytes[prefix.length + at] = digits.charCodeAt(at);
    bytes[length] = 0x80;
    for (let at = length + 1; at < 64; at++) bytes[at] = 0;
    view.setUint32(60, length * 8);
    for (let at = 0; at < 16; at++) words[at] = view.getInt32(at * 4);
    for (let at = 16; at < 64; at++) {
      const early = words[at - 15]!;
      const late = words[at - 2]!;
      const s0 = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
      const s1 = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
      words[at] = (words[at - 16]! + s0 + words[at - 7]! + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = [h0, h1, h2, h3, h4, h5, h6, h7];
    for (let at = 0; at < 64; at++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[at]! + words[at]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    return (h0 + a) | 0;
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { isTicketCode, makeTicketCode } from '../../src/tickets/ticket-code.ts';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const codes = fc.integer().map((seed) => {
  const random = seededRandom(seed);
  return makeTicketCode('complaint', (bound) => Math.floor(random() * bound));
});

describe('a ticket code', () => {
  it('looks like PA-7K3F9Q, without look-alikes', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^PA-[2-9A-HJKMNP-Z]{6}$/);
        expect(isTicketCode(code)).toBe(true);
      }),
    );
  });

  it.each([
    ['complaint', 'PA'],
    ['feedback', 'GY'],
    ['callback', 'GL'],
  ] as const)('of a %s begins with %s', (kind, prefix) => {
    expect(makeTicketCode(kind, () => 0)).toMatch(new RegExp(`^${prefix}-`));
  });

  it('with one wrong character is none', () => {
    fc.assert(
      fc.property(codes, fc.nat(5), fc.constantFrom(...ALPHABET), (code, at, other) => {
        const place = at + 3;
        fc.pre(code[place] !== other);
        expect(isTicketCode(code.slice(0, place) + other + code.slice(place + 1))).toBe(false);
      }),
    );
  });

  it('with two neighbours exchanged is none', () => {
    fc.assert(
      fc.property(codes, fc.nat(4), (code, at) => {
        const [a, b] = [code[at + 3], code[at + 4]];
        fc.pre(a !== b);
        expect(isTicketCode(`${code.slice(0, at + 3)}${b}${a}${code.slice(at + 5)}`)).toBe(false);
      }),
    );
  });

  it.each(['', 'PA-', 'XX-222222', 'pa-222222', 'PA-2222O2', 'PA-2222222'])('%j is none', (text) => {
    expect(isTicketCode(text)).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkCharacter,
  isTicketCode,
  readTicketCode,
  TICKET_ALPHABET,
} from '../../src/contracts/ticket-code.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { makeTicketCode } from '../../src/tickets/ticket-code.ts';

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
      fc.property(codes, fc.nat(5), fc.constantFrom(...TICKET_ALPHABET), (code, at, other) => {
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

describe('a code that was typed', () => {
  const CODE = makeTicketCode('complaint', (bound) => bound - 4);

  it.each([
    ['as it was given out', (code: string) => code],
    ['in small letters', (code: string) => code.toLowerCase()],
    ['without the dash', (code: string) => code.replace('-', '')],
    ['with blanks', (code: string) => ` ${code.replace('-', ' ').split('').join(' ')} `],
    ['with a long dash and a full stop', (code: string) => `${code.replace('-', ' – ')}.`],
  ])('%s is read', (_how, type) => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(readTicketCode(type(code))).toEqual({ kind: 'code', code });
      }),
    );
  });

  it('is read although the input method made one letter of two', () => {
    const code = `PA-AAEDD${checkCharacter('AAEDD')}`;
    expect(isTicketCode(code)).toBe(true);
    expect(readTicketCode(`pa-âeđ${code.slice(-1)}`)).toEqual({ kind: 'code', code });
  });

  it.each([
    ['', 'malformed'],
    ['0912345678', 'malformed'],
    ['PA-', 'malformed'],
    [`${CODE}2`, 'malformed'],
    [CODE.slice(0, -1), 'malformed'],
    ['XX-222222', 'malformed'],
  ])('%j is %s', (typed, kind) => {
    expect(readTicketCode(typed)).toEqual({ kind });
  });

  it('is never taken for another one: a slip is told, or the one code is proposed that looks like it', () => {
    fc.assert(
      fc.property(codes, fc.nat(5), fc.constantFrom(...TICKET_ALPHABET, ...'01ILO'), (code, at, other) => {
        fc.pre(code[at + 3] !== other);
        const read = readTicketCode(code.slice(0, at + 3) + other + code.slice(at + 4));
        expect(read.kind).not.toBe('code');
        if (read.kind === 'likely') expect(isTicketCode(read.code)).toBe(true);
        if (read.kind === 'no-such-character') expect(read.character).toBe(other);
      }),
    );
  });

  it('with S for 5, or O for Q, brings the right one to mind', () => {
    const random = seededRandom(7);
    const made = Array.from({ length: 300 }, () =>
      makeTicketCode('complaint', (bound) => Math.floor(random() * bound)),
    );
    const reads = made.flatMap((code) => {
      const typed = code.slice(0, 3) + code.slice(3).replace('5', 'S').replace('Q', 'O');
      return typed === code ? [] : [{ code, read: readTicketCode(typed) }];
    });
    const right = reads.filter(({ code, read }) => read.kind === 'likely' && read.code === code);
    expect(reads.length).toBeGreaterThan(50);
    expect(right.length / reads.length).toBeGreaterThan(0.8);
  });

  it.each([
    ['6L', 'GL'],
    ['G1', 'GL'],
    ['6Y', 'GY'],
  ])('%s in front is %s', (typed, meant) => {
    const code = CODE.replace('PA', meant);
    expect(readTicketCode(CODE.replace('PA', typed))).toEqual({ kind: 'code', code });
  });
});

/** Buckets that fill up again, and how many of them are kept. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFloodLimit } from '../../src/kernel/flood-limit.ts';

describe('a flood limit', () => {
  it('lets so many through at once, says when the next one is, and fills up evenly', () => {
    let at = 1_000;
    const limit = createFloodLimit({ points: 3, windowMs: 3_000 }, () => at);
    const take = () => limit.take('lan');
    expect([take(), take(), take()].every(({ allowed }) => allowed)).toBe(true);
    expect(take()).toEqual({ allowed: false, retryAfterMs: 1_000 });
    expect(limit.isUsedUp('lan')).toBe(true);
    at += 1_000;
    expect(take()).toEqual({ allowed: true });
    expect(take()).toMatchObject({ allowed: false });
    at += 60_000;
    expect([take(), take(), take()].every(({ allowed }) => allowed)).toBe(true);
    expect(take()).toMatchObject({ allowed: false });
  });

  it('counts each key for itself', () => {
    const limit = createFloodLimit({ points: 1, windowMs: 1_000 }, () => 0);
    expect(limit.take('a')).toEqual({ allowed: true });
    expect(limit.take('b')).toEqual({ allowed: true });
    expect(limit.take('a')).toMatchObject({ allowed: false });
  });

  it('never lets more through than its points and what came back since, and never less to who keeps to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }),
        (points, pauses) => {
          let at = 0;
          let passed = 0;
          const windowMs = 1_000;
          const limit = createFloodLimit({ points, windowMs }, () => at);
          for (const pause of pauses) {
            at += pause;
            const taken = limit.take('k');
            if (taken.allowed) passed += 1;
            else {
              const later = createFloodLimit({ points, windowMs }, () => at);
              expect(later.take('k').allowed).toBe(true);
              expect(taken.retryAfterMs).toBeLessThanOrEqual(windowMs / points + 1);
            }
            expect(passed).toBeLessThanOrEqual(points + (at * points) / windowMs + 1e-6);
          }
        },
      ),
    );
  });

  it('stays bounded whoever makes up how many keys', () => {
    const limit = createFloodLimit({ points: 1, windowMs: 1e9 }, () => 0);
    const before = process.memoryUsage().heapUsed;
    for (let key = 0; key < 400_000; key++) limit.take(`2001:db8:${key.toString(16)}`);
    // The newest ones are remembered, the first ones are let off.
    expect(limit.isUsedUp(`2001:db8:${(399_999).toString(16)}`)).toBe(true);
    expect(limit.isUsedUp('2001:db8:0')).toBe(false);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
  });
});

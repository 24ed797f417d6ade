import { afterAll, describe, expect, it } from 'vitest';
import { createFloodGuard } from '../../src/app/flood-guard.ts';
import { FLOOD_LIMITS } from '../../src/kernel/limits.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { networkOf } from '../../src/kernel/network.ts';

describe('questions from one address', () => {
  const contacts = { find: async () => null, ensure: async () => '' };
  const guard = createFloodGuard({ contacts, logger: createLogger('silent') });
  afterAll(() => guard.stop());
  const { points } = FLOOD_LIMITS.answers;
  const countAllowed = (address: string): number =>
    Array.from({ length: 2 * points }, () => guard.http.guard.takeAnswer(networkOf(address))).filter(
      ({ allowed }) => allowed,
    ).length;

  it('are limited', () => {
    const allowed = countAllowed('203.0.113.7');
    expect(allowed).toBeGreaterThanOrEqual(points);
    expect(allowed).toBeLessThan(2 * points);
  });

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('are not where it is this machine: %s', (address) => {
    expect(countAllowed(address)).toBe(2 * points);
  });
});

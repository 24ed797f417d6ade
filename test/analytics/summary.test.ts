import { describe, expect, it } from 'vitest';
import { closeCell, openCell } from '../../src/analytics/cell.ts';
import { createNumbers } from '../../src/analytics/numbers.ts';
import { createSummary, periodDue } from '../../src/analytics/summary.ts';
import { ALL } from '../../src/analytics/tally.ts';

const at = (time: string): Date => new Date(`${time}+07:00`);

describe('the period that a summary is due for', () => {
  it.each([
    ['daily', '2027-03-10T06:59', '2027-03-08', '2027-03-08'],
    ['daily', '2027-03-10T07:00', '2027-03-09', '2027-03-09'],
    ['daily', '2027-03-01T23:30', '2027-02-28', '2027-02-28'],
    // A Monday.
    ['weekly', '2027-03-08T06:00', '2027-02-22', '2027-02-28'],
    ['weekly', '2027-03-08T07:00', '2027-03-01', '2027-03-07'],
    ['weekly', '2027-03-14T23:00', '2027-03-01', '2027-03-07'],
  ] as const)('%s at %s is %s to %s', (summary, now, from, to) => {
    expect(periodDue(summary, 7, at(now))).toEqual({ from, to });
  });
});

describe('the summary', () => {
  const cell = {
    ...closeCell(openCell()),
    counts: { visits: 40, resolved: 30, abandoned: 4, asked: 50, answered: 45 },
  };
  const intents = [{ intent: 'a.b', counts: { asked: 12 } }];
  let summarized: string | null = null;
  let now = at('2027-03-10T08:00');
  const store = {
    listDays: async (days: readonly string[]) =>
      days.includes('2027-03-09')
        ? [
            {
              day: '2027-03-09',
              platform: ALL,
              appVersion: ALL,
              cell: { ...cell, intents },
              hours: [],
              offices: [],
              editions: [],
            },
          ]
        : [],
    findCursor: async () => null,
    findSummarized: async () => summarized,
    async setSummarized(period: string) {
      summarized = period;
    },
  };
  /** As the outbox: with the same key there is one. */
  const posted = new Map<string, { to: string; subject: string; text: string; html: string }>();
  const open = (recipients: readonly string[]) =>
    createSummary({
      settings: () => ({ summary: 'daily', hour: 7, recipients: [...recipients] }),
      numbers: createNumbers({ store, titleOf: () => 'Thẻ <BHYT>' }),
      store,
      post: async ({ key, ...mail }) => posted.has(key) || posted.set(key, mail),
      site: 'https://desk.example.vn',
      now: () => now,
    });

  it('goes to nobody where nobody is named', async () => {
    await open([])();
    expect(posted.size).toBe(0);
  });

  it('goes out once a period to each, from whichever node', async () => {
    const both = [open(['an@example.vn', 'binh@example.vn']), open(['an@example.vn', 'binh@example.vn'])];
    await Promise.all(both.map((send) => send()));
    for (const send of both) await send();
    expect([...posted.values()].map(({ to }) => to).sort()).toEqual(['an@example.vn', 'binh@example.vn']);
    now = at('2027-03-11T08:00');
    await both[0]!();
    expect(posted.size).toBe(4);
  });

  it('says the numbers, what they mean, and where to see more', () => {
    const { subject, text, html } = [...posted.values()][0]!;
    expect(subject).toContain('09/03/2027');
    expect(text).toContain('Tự giải quyết: 30 (75%)');
    expect(text).toContain('Thẻ <BHYT>: 12');
    expect(text).toContain('https://desk.example.vn/console/analytics?from=2027-03-09&to=2027-03-09');
    expect(html).toContain('Thẻ &lt;BHYT&gt;: 12');
    expect(html).toContain('Người bỏ cuộc không bao giờ được tính ở đây.');
  });
});

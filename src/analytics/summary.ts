/** Sends the summary once a day or a week, however many nodes there are. */
import type { AnalyticsSettings, Period } from '../contracts/analytics.ts';
import { addDays, asInVietnam, dayAt } from '../kernel/vietnam-time.ts';
import type { Numbers } from './numbers.ts';
import type { NumbersStore } from './numbers-store.ts';
import { writeSummary } from './summary-mail.ts';

export interface SummaryDeps {
  readonly settings: () => AnalyticsSettings;
  readonly numbers: Numbers;
  readonly store: Pick<NumbersStore, 'findSummarized' | 'setSummarized'>;
  /** Stored when it resolves; with the same key it is sent once. null: there is no mail server. */
  readonly post: (mail: {
    readonly key: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly isAutomatic: boolean;
  }) => Promise<unknown>;
  /** Where people reach the desk; null: nobody said. */
  readonly site: string | null;
  readonly now?: () => Date;
}

/** @returns sends what is due; asked again it sends nothing more */
export function createSummary(deps: SummaryDeps): () => Promise<void> {
  const { settings, numbers, store, post, site, now = () => new Date() } = deps;
  /** What this node knows to be sent: the store need not be asked each time. */
  let known = '';
  return async () => {
    const { summary, hour, recipients } = settings();
    if (summary === 'off' || recipients.length === 0) return;
    const period = periodDue(summary, hour, now());
    const name = `${summary}:${period.to}`;
    if (known === name || (await store.findSummarized()) === name) {
      known = name;
      return;
    }
    const [overview, content, staff] = await Promise.all([
      numbers.overview(period),
      numbers.content(period),
      numbers.staff(period),
    ]);
    const link = site === null ? null : `${site}/console/analytics?from=${period.from}&to=${period.to}`;
    const mail = writeSummary({ overview, content, staff }, link);
    for (const to of new Set(recipients))
      await post({ key: `analytics:${name}:${to.toLowerCase()}`, to, ...mail, isAutomatic: true });
    await store.setSummarized(name);
    known = name;
  };
}

/** The latest day, or week from Monday to Sunday, whose hour of sending has come. */
export function periodDue(summary: 'daily' | 'weekly', hour: number, now: Date): Period {
  const isEarly = asInVietnam(now).getUTCHours() < hour;
  const today = isEarly ? addDays(dayAt(now), -1) : dayAt(now);
  if (summary === 'daily') return { from: addDays(today, -1), to: addDays(today, -1) };
  const sinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  const to = addDays(today, -sinceMonday - 1);
  return { from: addDays(to, -6), to };
}

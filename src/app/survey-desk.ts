/** What the metrics read from the stores, only when somebody looks: counts that an index gives, and no more often than they change. */
import type { Metrics } from './metrics.ts';

export interface SurveyDeps {
  readonly metrics: Metrics;
  readonly isStoreUp: () => boolean;
  /** Shared by all nodes. */
  readonly now: () => Date;
  readonly awaiting: (most: number) => Promise<{ readonly count: number; readonly since: Date | null }>;
  readonly listWaiting: () => Promise<readonly { readonly queuedAt: Date }[]>;
  readonly listAgents: () => Promise<readonly { readonly state: string }[]>;
  readonly countTickets: (most: number) => Promise<{ readonly open: number; readonly overdue: number }>;
  readonly mails: () => Promise<{
    readonly outgoing: { readonly waiting: number; readonly failed: readonly unknown[] } | null;
  }>;
}

/** Several scrapers, and one that is impatient, cost as much as one. */
const FRESH_MS = 5_000;
/** A scrape waits no longer: what is known of the process is worth more than what is not known of the store. */
const PATIENCE_MS = 2_000;
const MOST_COUNTED = 1_000;
const STATES = ['online', 'away', 'offline'] as const;

/** @returns brings the gauges up to date; never throws. What cannot be read is not there, rather than old */
export function createSurvey(deps: SurveyDeps): () => Promise<void> {
  const { metrics } = deps;
  const own = [
    metrics.messagesAwaiting,
    metrics.oldestAwaiting,
    metrics.queueLength,
    metrics.longestWait,
    metrics.agents,
    metrics.ticketsOpen,
    metrics.ticketsOverdue,
    metrics.mailsWaiting,
    metrics.mailsRefused,
  ];
  const secondsSince = (at: Date | null): number =>
    at === null ? 0 : Math.max(0, (deps.now().getTime() - at.getTime()) / 1_000);

  const read = async (): Promise<void> => {
    const [awaiting, waiting, agents, tickets, { outgoing }] = await Promise.all([
      deps.awaiting(MOST_COUNTED),
      deps.listWaiting(),
      deps.listAgents(),
      deps.countTickets(MOST_COUNTED),
      deps.mails(),
    ]);
    metrics.messagesAwaiting.set(awaiting.count);
    metrics.oldestAwaiting.set(secondsSince(awaiting.since));
    metrics.queueLength.set(waiting.length);
    metrics.longestWait.set(Math.max(0, ...waiting.map(({ queuedAt }) => secondsSince(queuedAt))));
    for (const state of STATES)
      metrics.agents.set({ state }, agents.filter((agent) => agent.state === state).length);
    metrics.ticketsOpen.set(tickets.open);
    metrics.ticketsOverdue.set(tickets.overdue);
    metrics.mailsWaiting.set(outgoing?.waiting ?? 0);
    metrics.mailsRefused.set(outgoing?.failed.length ?? 0);
    metrics.surveyUp.set(1);
    readAt = performance.now();
  };
  const forget = (): void => {
    for (const gauge of own) gauge.remove();
    metrics.agents.reset();
    metrics.surveyUp.set(0);
    readAt = Number.NEGATIVE_INFINITY;
  };

  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  return async () => {
    if (!deps.isStoreUp()) {
      forget();
      return;
    }
    if (performance.now() - readAt < FRESH_MS) return;
    reading ??= read()
      .catch(forget)
      .finally(() => {
        reading = null;
      });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([reading, late]);
    clearTimeout(timer);
    if (performance.now() - readAt > FRESH_MS + PATIENCE_MS) forget();
  };
}

/** What is on just now: in memory for every answer, followed in the store so that all nodes say the same. */
import { EventEmitter } from 'node:events';
import type { BannerView } from '../contracts/incidents.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import { bannersOf, type Incident, isActive } from './incident.ts';
import type { Suspicion } from './suspicion.ts';

export interface LiveIncidentsDeps {
  readonly listOpen: () => Promise<readonly Incident[]>;
  readonly listRising: () => Promise<readonly Suspicion[]>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly lookEveryMs?: number;
}

export interface LiveIncidents {
  /** As last known; the same list until it changes. With the store away they end at their time all the same. */
  readonly active: () => readonly Incident[];
  readonly banners: () => readonly BannerView[];
  /** Rises that nobody has looked at. */
  readonly suspicions: () => readonly Suspicion[];
  /** Looks now: whoever changed something wants to see it. */
  readonly refresh: () => Promise<void>;
  readonly events: EventEmitter<{
    /** Anything that lists show. */
    changed: [];
    banners: [readonly BannerView[]];
    noticed: [Suspicion];
    /** One has begun, here or at another node. */
    begun: [Incident];
    /** It was asked whether this one still goes on. */
    reminded: [Incident];
  }>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** As soon as settings are followed: one read of a handful of documents, mostly of none. */
const LOOK_EVERY_MS = 2_000;

export function createLiveIncidents(deps: LiveIncidentsDeps): LiveIncidents {
  const { isStoreUp, logger, now = () => new Date(), lookEveryMs = LOOK_EVERY_MS } = deps;
  const events: LiveIncidents['events'] = new EventEmitter();
  let open: readonly Incident[] = [];
  let suspicions: readonly Suspicion[] = [];
  let active: readonly Incident[] = [];
  let banners: readonly BannerView[] = [];
  let seen = '';
  let isFirst = true;

  const settle = (): void => {
    const at = now();
    const nowActive = open.filter((incident) => isActive(incident, at));
    if (print(nowActive) !== print(active)) active = nowActive;
    const nowBanners = bannersOf(active);
    if (JSON.stringify(nowBanners) !== JSON.stringify(banners)) {
      banners = nowBanners;
      events.emit('banners', banners);
    }
    const nowSeen = `${print(active)} ${suspicions.map(({ id, asked }) => `${id}:${asked}`).join()}`;
    if (nowSeen === seen) return;
    seen = nowSeen;
    events.emit('changed');
  };

  const refresh = async (): Promise<void> => {
    const [nextOpen, rising] = await Promise.all([deps.listOpen(), deps.listRising()]);
    const [before, activeBefore, knownBefore] = [open, active, suspicions];
    open = nextOpen;
    suspicions = rising.filter(({ state }) => state === 'open');
    settle();
    // What was there before this node began to look is no news.
    if (!isFirst) {
      const known = new Set(knownBefore.map(({ id }) => id));
      for (const suspicion of suspicions) if (!known.has(suspicion.id)) events.emit('noticed', suspicion);
      for (const incident of active)
        if (!activeBefore.some(({ id }) => id === incident.id)) events.emit('begun', incident);
      const asked = new Map(before.map(({ id, remindedAt }) => [id, remindedAt?.getTime()]));
      for (const incident of active)
        if (incident.remindedAt !== null && asked.get(incident.id) !== incident.remindedAt.getTime())
          events.emit('reminded', incident);
    }
    isFirst = false;
  };

  /** One after the other: a read that was slow does not undo a later one. */
  let reading: Promise<void> = Promise.resolve();
  const read = (): Promise<void> => {
    const next = reading.then(refresh);
    reading = next.catch(() => undefined);
    return next;
  };

  const look = async (): Promise<void> => {
    // Times are over also while the store is away.
    settle();
    if (isStoreUp()) await read();
  };
  const sayFailed = ({ message: reason }: Error): void =>
    logger.warn({ reason }, 'incidents cannot be looked up; those known last hold');

  let looking: Repeating | undefined;
  return {
    active: () => active,
    banners: () => banners,
    suspicions: () => suspicions,
    refresh: read,
    events,
    async start() {
      await look().catch(sayFailed);
      looking = repeat(look, { everyMs: lookEveryMs, onError: sayFailed });
    },
    async stop() {
      await looking?.stop();
    },
  };
}

function print(incidents: readonly Incident[]): string {
  return incidents.map(({ id, revision }) => `${id}:${revision}`).join();
}

/** The settings of the desk: in memory for everybody who asks, in the store for every node. */
import { EventEmitter } from 'node:events';
import { DEFAULT_SETTINGS, type DeskSettings, type DeskSettingsView } from '../contracts/desk-settings.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import { listChangedPaths } from './changed-paths.ts';
import { readSettings } from './read-settings.ts';

/** How soon a change on another node is taken over: a few seconds, for one read of a small document. */
const LOOK_EVERY_MS = 2_000;

/** Who saves, and from where. */
export interface Editor {
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

export interface StoredSettings {
  readonly revision: number;
  /** As some version of the desk wrote them. */
  readonly settings: unknown;
}

export interface DeskSettingsDeps {
  readonly store: {
    /** null: never saved, or still at the revision that is known already. */
    readonly findNewer: (knownRevision: number) => Promise<StoredSettings | null>;
    /** Puts `revision + 1` in the place of `revision`; false: that is not the last one any more. */
    readonly replace: (
      revision: number,
      settings: DeskSettings,
      saved: { readonly by: string; readonly at: Date },
    ) => Promise<boolean>;
  };
  readonly isStoreUp: () => boolean;
  /** Awaited: what cannot be logged is reported as failed. */
  readonly audit: (entry: {
    readonly actor: { readonly id: string; readonly name: string };
    readonly action: 'settings.changed';
    readonly subject: string;
    readonly details: Record<string, unknown>;
    readonly address: string;
  }) => Promise<unknown>;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly lookEveryMs?: number;
}

export interface Settings {
  /** As last known; the defaults when nothing was ever saved or read. The same object until they change. */
  readonly get: () => DeskSettings;
  /** Fresh from the store, with the revision to save upon. @throws AppError `store_unavailable` */
  readonly read: () => Promise<DeskSettingsView>;
  /** @throws AppError `settings_changed` when somebody was quicker, `store_unavailable` */
  readonly save: (view: DeskSettingsView, by: Editor) => Promise<DeskSettingsView>;
  readonly events: EventEmitter<{ changed: [DeskSettings] }>;
  /** Reads them, and from then on follows what other nodes save. */
  readonly start: () => Promise<void>;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

export function createDeskSettings(deps: DeskSettingsDeps): Settings {
  const { store, isStoreUp, audit, logger, now = () => new Date(), lookEveryMs = LOOK_EVERY_MS } = deps;
  const events: Settings['events'] = new EventEmitter();
  let known: DeskSettingsView = { revision: 0, settings: DEFAULT_SETTINGS };

  const take = (next: DeskSettingsView): void => {
    // Two reads may overtake one another.
    if (next.revision <= known.revision) return;
    const isOther = listChangedPaths(known.settings, next.settings).length > 0;
    known = isOther ? next : { revision: next.revision, settings: known.settings };
    if (isOther) events.emit('changed', known.settings);
  };

  const refresh = async (): Promise<void> => {
    const newer = await store.findNewer(known.revision);
    if (newer === null) return;
    const { settings, replaced } = readSettings(newer.settings);
    if (replaced.length > 0)
      logger.warn({ replaced }, 'settings that do not fit have their defaults until they are saved again');
    take({ revision: newer.revision, settings });
  };

  const requireStore = (): void => {
    if (!isStoreUp()) throw new AppError({ code: 'store_unavailable', message: 'desk settings' });
  };

  let looking: Repeating | undefined;
  const look = async (): Promise<void> => {
    if (isStoreUp()) await refresh();
  };
  const sayFailed = ({ message: reason }: Error): void =>
    logger.warn({ reason }, 'the desk settings cannot be looked up');

  return {
    events,
    get: () => known.settings,
    async read() {
      requireStore();
      await refresh();
      return known;
    },
    async save({ revision, settings }, by) {
      requireStore();
      await refresh();
      if (revision !== known.revision) throw changedMeanwhile();
      const changes = listChangedPaths(known.settings, settings);
      if (!(await store.replace(revision, settings, { by: by.id, at: now() }))) throw changedMeanwhile();
      const saved = { revision: revision + 1, settings };
      take(saved);
      await audit({
        actor: { id: by.id, name: by.name },
        action: 'settings.changed',
        subject: 'settings',
        details: { revision: saved.revision, changes },
        address: by.address,
      });
      return saved;
    },
    async start() {
      await look().catch(sayFailed);
      looking = repeat(look, { everyMs: lookEveryMs, onError: sayFailed });
    },
    async stop() {
      await looking?.stop();
    },
  };
}

function changedMeanwhile(): AppError {
  return new AppError({ code: 'settings_changed', message: 'saved by somebody else meanwhile' });
}

/** Who is on duty, and what those who wait have to expect. */
import { createPresence } from '../agents/presence.ts';
import type { PresenceStore } from '../agents/presence-store.ts';
import { createQueueOutlook } from '../agents/queue-outlook.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { InboxStore } from '../conversations/inbox-store.ts';
import type { DutyCalendar } from '../duty/duty.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Settings } from '../settings/desk-settings.ts';

export interface QueueDeskDeps {
  readonly presenceStore: PresenceStore;
  readonly inboxStore: InboxStore;
  readonly settings: Settings;
  readonly duty: DutyCalendar;
  readonly isStoreUp: () => boolean;
  /** Shared by all nodes. */
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Waits are judged by the conversations closed in this time, the newest ones of them. */
const RECENT_MS = 24 * 60 * 60 * 1_000;
const MOST_RECENT = 50;

export function createQueueDesk(deps: QueueDeskDeps) {
  const { presenceStore, inboxStore, settings, duty, isStoreUp, now, logger } = deps;
  const presence = createPresence({
    store: presenceStore,
    listHeld: inboxStore.listHeld,
    graceMs: () => settings.get().agentGraceSeconds * 1_000,
    isStoreUp,
    now,
    logger,
  });
  const queueOutlook = createQueueOutlook({
    listWaiting: inboxStore.listWaiting,
    listAgents: presence.list,
    listServed: () => inboxStore.listServed(new Date(now().getTime() - RECENT_MS), MOST_RECENT),
    isAutomatic: () => settings.get().assignment === 'automatic',
    dutyAt: (at) => duty.at(at),
    now,
  });
  return {
    presence,
    /** @param conversation the one that waits; null: none yet */
    outlook: (conversation: Conversation | null) =>
      queueOutlook.of(conversation?.queue ? { id: conversation.id, ...conversation.queue } : null),
    listOutlooks: async () => queueOutlook.ofAll(await inboxStore.listWaiting()),
  };
}

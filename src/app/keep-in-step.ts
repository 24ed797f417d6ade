/** How clients stay in step while the nodes cannot hear each other: they are told to look into the database. */
import { setTimeout as delay } from 'node:timers/promises';
import { CHAT_NAMESPACE } from '../contracts/chat.ts';
import { STAFF_NAMESPACE } from '../contracts/console.ts';
import { contactRoom } from '../conversations/conversations.sockets.ts';
import type { InboxStore } from '../conversations/inbox-store.ts';
import { TOUCH_EVERY_MS } from '../conversations/speaking.ts';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import type { NodeLink } from '../realtime/node-link.ts';
import type { SocketServer } from '../realtime/socket-server.ts';

export interface InStepDeps {
  readonly link: NodeLink;
  readonly sockets: SocketServer;
  /** Conversations that people have or that wait for one, and those in which anything happened. */
  readonly inboxStore: Pick<InboxStore, 'listHeld' | 'listWaiting' | 'listActive'>;
  readonly isStoreUp: () => boolean;
  /** Shared by all nodes. */
  readonly now: () => Date;
  readonly logger: Logger;
}

/** As long as a person who waits for an answer hardly notices. */
const EVERY_MS = 4_000;
/** Nodes do not come back at the same moment: what the others say before they are linked is not heard either. */
const SETTLED_MS = 3_000;
/** That a link is down is noticed later than it is so, and a conversation says only so often that it goes on. */
const MISSED_BEFORE_MS = TOUCH_EVERY_MS + 10_000;
const PAGE = 1_000;
/** Whoever is told reads at once: not everybody in the same moment, and those whom people talk to first. */
const TOLD_AT_ONCE = 200;
const TELL_EVERY_MS = 200;

/**
 * While other nodes cannot be heard this node's clients are told, again and again, to look into the database: those whom
 * people talk to. When the others can be heard again all are told in whose conversations anything happened meanwhile:
 * who has only the bot may have said something on another node, with another device.
 */
export function keepInStep(deps: InStepDeps): { readonly stop: () => Promise<void> } {
  const { link, sockets, inboxStore, now } = deps;
  let upSince = performance.now();
  let missingSince: Date | null = null;
  let breaks = 0;
  let isStopping = false;
  const miss = (): void => {
    breaks += 1;
    missingSince ??= new Date(now().getTime() - MISSED_BEFORE_MS);
  };
  if (!link.isUp()) miss();
  // Also where it is up again before the next look.
  link.events.on('down', miss);
  link.events.on('up', () => {
    upSince = performance.now();
  });
  /** Also those of the look before: what was closed meanwhile has to be told, too. */
  let handled: ReadonlySet<string> = new Set();
  const listActiveSince = async (since: Date): Promise<string[]> => {
    const until = now();
    const found: string[] = [];
    let after: { readonly at: Date; readonly id: string } | null = { at: since, id: '0'.repeat(24) };
    while (after !== null) {
      const page = await inboxStore.listActive(after, until, PAGE);
      found.push(...page.map(({ id }) => id));
      after = page.length < PAGE ? null : (page.at(-1) ?? null);
    }
    return found;
  };
  const tell = async (): Promise<void> => {
    if (!deps.isStoreUp()) return;
    const [since, breaksBefore] = [missingSince, breaks];
    const isWhole = link.isUp() && performance.now() - upSince >= SETTLED_MS;
    const found = await Promise.all([inboxStore.listHeld(), inboxStore.listWaiting()]);
    const nowHandled = found.flat().map(({ id }) => id);
    const concerned = new Set([...handled, ...nowHandled]);
    handled = isWhole ? new Set(nowHandled) : concerned;
    if (since === null) return;
    if (isWhole) {
      for (const id of await listActiveSince(since)) concerned.add(id);
      // It may have gone down again meanwhile.
      if (breaks === breaksBefore) missingSince = null;
    }
    sockets.of(STAFF_NAMESPACE).local.emit('sync:needed');
    const { rooms } = sockets.of(CHAT_NAMESPACE).adapter;
    const here = [...concerned].map(contactRoom).filter((room) => rooms.has(room));
    for (let at = 0; at < here.length && !isStopping; at += TOLD_AT_ONCE) {
      if (at > 0) await delay(TELL_EVERY_MS, undefined, { ref: false });
      sockets
        .of(CHAT_NAMESPACE)
        .local.to(here.slice(at, at + TOLD_AT_ONCE))
        .emit('sync:needed');
    }
  };
  const telling = repeat(tell, {
    everyMs: EVERY_MS,
    onError: ({ message: reason }) => deps.logger.warn({ reason }, 'clients are told to look anew later'),
  });
  return {
    stop() {
      isStopping = true;
      return telling.stop();
    },
  };
}

/**
 * Voice calls in the browser: ringing, being taken, ending. The sound runs between the two pages; the desk knows who
 * talks with whom, and passes on how they find each other.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { CallQuality } from '../contracts/calls.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import {
  applyCallChange,
  type Call,
  type CallChange,
  dueChange,
  NEW_CALL,
  PAGE_GRACE_MS,
  type Side,
  writeCallNotice,
} from './call.ts';
import type { CallStore } from './call-store.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface CallsDeps {
  readonly store: CallStore;
  /** Who of the staff is there to take calls, whether in one or not; nobody outside the hours of duty. */
  readonly listOnDuty: () => Promise<readonly Person[]>;
  /** null: the contact never said. */
  readonly findContactName: (contact: string) => Promise<string | null>;
  /** Says it in the conversation, once for a name. Does nothing where the conversation is gone. */
  readonly tell: (conversation: string, name: string, text: string) => Promise<void>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly sweepEveryMs?: number;
}

export interface Calls {
  readonly events: EventEmitter<{
    changed: [Call];
    /** It may be taken by these. */
    ringing: [{ readonly call: Call; readonly agents: readonly string[] }];
  }>;
  /** Would anybody take a call now? */
  readonly isAnybodyFree: () => Promise<boolean>;
  /**
   * Rings with everybody who is free. The page that asks again gets the same call.
   * @returns null: nobody is free
   * @throws AppError `call_elsewhere`
   */
  readonly start: (caller: {
    readonly contact: string;
    readonly conversation: string;
    readonly page: string;
  }) => Promise<Call | null>;
  /** What rings with this agent, and the call that the agent has. */
  readonly listFor: (agent: string) => Promise<{ ringing: readonly Call[]; own: Call | null }>;
  /** The first one gets it. @throws AppError `call_taken`, `call_over`, `in_a_call`, `call_not_found` */
  readonly accept: (id: string, by: Person, page: string) => Promise<Call>;
  /** Rings with this agent no longer; where it rings with nobody any more, it is missed. */
  readonly decline: (id: string, agent: string) => Promise<void>;
  /** A page of the call with a new connection. @throws AppError `call_not_found`: it is none of this call's */
  readonly resume: (id: string, side: Side, party: string, page: string) => Promise<Call>;
  readonly end: (id: string, by: Side, reason: 'hung-up' | 'lost') => Promise<Call>;
  readonly report: (id: string, side: Side, quality: CallQuality) => Promise<void>;
  /** These pages are connected to this node. */
  readonly beat: (side: Side, ids: readonly string[]) => Promise<void>;
  /** Ends what time has ended and tells what is untold, now. */
  readonly sweep: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const SWEEP_EVERY_MS = 1_000;
const MOST_TOLD = 50;
/** A page that was not seen for so long has been closed: another one may call in its place. */
const PAGE_LEFT_MS = 5_000;
const ID_BYTES = 12;

export const newCallId = (): string => randomBytes(ID_BYTES).toString('hex');

export function createCalls(deps: CallsDeps): Calls {
  const { store, logger, now = () => new Date() } = deps;
  const events: Calls['events'] = new EventEmitter();
  const startedAt = now().getTime();

  const get = async (id: string): Promise<Call> => {
    const call = await store.find(id);
    if (call === null) throw new AppError({ code: 'call_not_found', message: id });
    return call;
  };
  const change = async (id: string, wanted: CallChange): Promise<Call> => {
    for (;;) {
      const call = await get(id);
      const result = applyCallChange(call, wanted, now());
      if ('same' in result) return call;
      if ('refused' in result)
        throw new AppError({ code: result.refused, message: id, details: result.details });
      const written = await store.replace(result.next);
      if (written === 'busy') throw new AppError({ code: 'in_a_call', message: id });
      if (written === 'late') continue;
      events.emit('changed', result.next);
      return result.next;
    }
  };
  /** @param call left out: any */
  const listFree = async (call?: Call): Promise<string[]> => {
    const [present, live] = await Promise.all([deps.listOnDuty(), store.listLive()]);
    const taken = new Set([...live.map(({ agent }) => agent?.id), ...(call?.declinedBy ?? [])]);
    return present.map(({ id }) => id).filter((id) => !taken.has(id));
  };

  const sweep = async (): Promise<void> => {
    if (!deps.isStoreUp()) return;
    // Whoever comes back after a restart of the desk has not had the time to do so yet.
    const isSettled = now().getTime() - startedAt >= PAGE_GRACE_MS;
    for (const call of await store.listLive()) {
      const due = dueChange(call, now());
      if (due !== null && (isSettled || due.kind !== 'vanish')) await change(call.id, due);
    }
    for (const call of await store.listUntold(MOST_TOLD)) {
      const notice = writeCallNotice(call);
      if (notice !== null && call.conversation !== null)
        await deps.tell(call.conversation, `call:${call.id}`, notice);
      await store.markTold(call.id);
    }
  };
  const sweeping = repeat(sweep, {
    everyMs: deps.sweepEveryMs ?? SWEEP_EVERY_MS,
    onError: ({ message: reason }) => logger.warn({ reason }, 'calls cannot be looked after now'),
  });

  return {
    events,
    isAnybodyFree: async () => (await listFree()).length > 0,
    async start({ contact, conversation, page }) {
      for (;;) {
        const known = await store.findLiveOfContact(contact);
        if (known?.pages.contact === page) return known;
        if (known !== null) {
          const seenAt = known.seenAt.contact?.getTime() ?? 0;
          if (now().getTime() - seenAt < PAGE_LEFT_MS)
            throw new AppError({ code: 'call_elsewhere', message: known.id });
          await change(known.id, { kind: 'vanish', side: 'contact' });
        }
        const agents = await listFree();
        if (agents.length === 0) return null;
        const contactName = await deps.findContactName(contact);
        const call = makeVoiceCall({ contact, conversation, contactName, page, at: now() });
        if (!(await store.insert(call))) continue;
        events.emit('changed', call);
        events.emit('ringing', { call, agents });
        return call;
      }
    },
    async listFor(agent) {
      const live = await store.listLive();
      const own = live.find((call) => call.agent?.id === agent) ?? null;
      const isThere = own === null && (await deps.listOnDuty()).some(({ id }) => id === agent);
      const rings = ({ status, declinedBy }: Call): boolean =>
        status === 'ringing' && !declinedBy.includes(agent);
      return { ringing: isThere ? live.filter(rings) : [], own };
    },
    accept: (id, by, page) => change(id, { kind: 'accept', by, page }),
    async decline(id, agent) {
      const call = await change(id, { kind: 'decline', by: agent });
      if (call.status === 'ringing' && (await listFree(call)).length === 0)
        await change(id, { kind: 'miss' });
    },
    async resume(id, side, party, page) {
      const call = await get(id);
      const owner = side === 'contact' ? call.contact : call.agent?.id;
      if (owner !== party || call.pages[side] !== page)
        throw new AppError({ code: 'call_not_found', message: id });
      await store.beat([id], side, now());
      return call;
    },
    end: (id, by, reason) => change(id, { kind: 'end', by, reason }),
    report: store.report,
    async beat(side, ids) {
      if (ids.length > 0) await store.beat(ids, side, now());
    },
    sweep,
    stop: sweeping.stop,
  };
}

function makeVoiceCall(made: {
  readonly contact: string;
  readonly conversation: string;
  readonly contactName: string | null;
  readonly page: string;
  readonly at: Date;
}): Call {
  const { contact, conversation, contactName, page, at } = made;
  return {
    ...NEW_CALL,
    id: newCallId(),
    kind: 'voice',
    direction: 'inbound',
    status: 'ringing',
    contact,
    conversation,
    contactName,
    pages: { contact: page, agent: null },
    seenAt: { contact: at, agent: null },
    ringingAt: at,
  };
}

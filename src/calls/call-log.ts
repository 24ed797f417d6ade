/** The log of calls: reading it, noting a call by hand, finding who calls, looking at a number. */
import type { CallerFound, CallLogQuery, CallNoteChange, CallNoteRequest } from '../contracts/calls.ts';
import { AppError } from '../kernel/app-error.ts';
import { momentOf } from '../kernel/vietnam-time.ts';
import {
  applyCallChange,
  type Call,
  isLive,
  maskNumber,
  NEW_CALL,
  normalizeNumber,
  type SealedNumber,
} from './call.ts';
import type { CallNotes, CallStore } from './call-store.ts';
import { type Calls, newCallId, type Person } from './calls.ts';
import { presentCall } from './present-call.ts';

/** Who of the staff asks, and from where. */
export interface CallLogCaller extends Person {
  readonly address: string;
  /** May write in the notes of others. */
  readonly oversees: boolean;
}

export interface CallLogDeps {
  readonly store: CallStore;
  readonly calls: Pick<Calls, 'events'>;
  readonly openVault: () => Promise<{
    readonly seal: (text: string, about?: string) => string;
    readonly unseal: (sealed: string, about?: string) => string;
    readonly wordsForNumber: (text: string) => readonly string[];
  }>;
  /** Of the contact's own profile; null: it has none. */
  readonly findNumberOf: (contact: string) => Promise<string | null>;
  /** What other rooms know of a number. */
  readonly findByNumber: (
    number: string,
    me: string,
  ) => Promise<Pick<CallerFound, 'name' | 'conversations' | 'tickets'>>;
  /** Awaited: what cannot be logged is reported as failed. */
  readonly audit: (entry: {
    readonly actor: Person;
    readonly action: 'value.revealed';
    readonly subject: string;
    readonly details: Record<string, unknown>;
    readonly address: string;
  }) => Promise<unknown>;
  readonly now?: () => Date;
}

export interface CallLog {
  /** Newest first. */
  readonly list: (
    query: CallLogQuery,
    me: string,
  ) => Promise<{ readonly calls: readonly Call[]; readonly cursor: string | null; readonly missed: number }>;
  /** @throws AppError `call_not_found` */
  readonly get: (id: string) => Promise<Call>;
  /**
   * Begins to note a telephone call; it lasts until it is ended.
   * @throws AppError `in_a_call`, `call_not_found`, `number_unknown`: the one who is called back has none
   */
  readonly open: (request: CallNoteRequest, by: CallLogCaller) => Promise<Call>;
  /** May be repeated with every stroke of a key. @throws AppError `call_not_found`, `not_yours` */
  readonly annotate: (id: string, change: CallNoteChange, by: CallLogCaller) => Promise<Call>;
  /** @throws likewise */
  readonly finish: (id: string, by: CallLogCaller) => Promise<Call>;
  /** @throws AppError `number_unknown` */
  readonly reveal: (id: string, by: CallLogCaller) => Promise<string>;
  readonly findCaller: (number: string, me: string) => Promise<CallerFound>;
}

const PAGE = 50;
const MOST_OF_CALLER = 10;
/** Nobody calls back who called longer ago. */
const MISSED_FOR_MS = 7 * 24 * 60 * 60 * 1_000;

export function createCallLog(deps: CallLogDeps): CallLog {
  const { store, now = () => new Date() } = deps;

  const get = async (id: string): Promise<Call> => {
    const call = await store.find(id);
    if (call === null) throw missing(id);
    return call;
  };
  const getOwn = async (id: string, by: CallLogCaller): Promise<Call> => {
    const call = await get(id);
    if (!by.oversees && call.agent?.id !== by.id)
      throw new AppError({
        code: 'not_yours',
        message: id,
        details: call.agent === null ? [] : [call.agent.name],
      });
    return call;
  };
  const seal = async (id: string, text: string): Promise<SealedNumber> => {
    const number = normalizeNumber(text);
    const vault = await deps.openVault();
    return {
      sealed: vault.seal(number, placeOf(id)),
      masked: maskNumber(number),
      words: vault.wordsForNumber(number),
    };
  };
  const unseal = async ({ id, number }: Call): Promise<string | null> =>
    number === null ? null : (await deps.openVault()).unseal(number.sealed, placeOf(id));
  const wordsFor = async (text: string): Promise<readonly string[]> =>
    (await deps.openVault()).wordsForNumber(normalizeNumber(text));

  const findNumber = async (call: Call): Promise<string | null> =>
    (await unseal(call)) ?? (call.contact === null ? null : deps.findNumberOf(call.contact));

  return {
    async list({ view, kind, number, from, to, cursor }, me) {
      const filter = {
        ...(view === 'mine' ? { agent: me } : {}),
        ...(view === 'missed' ? { status: 'missed' as const } : {}),
        ...(kind === undefined ? {} : { kind }),
        ...(number === undefined ? {} : { words: await wordsFor(number) }),
        ...(from === undefined ? {} : { from: new Date(momentOf(from, '00:00')) }),
        ...(to === undefined ? {} : { until: new Date(momentOf(to, '24:00')) }),
      };
      const [found, missed] = await Promise.all([
        store.list(filter, parseCursor(cursor), PAGE + 1),
        store.countMissed(new Date(now().getTime() - MISSED_FOR_MS)),
      ]);
      const calls = found.slice(0, PAGE);
      return { calls, cursor: found.length > PAGE ? cursorOf(calls.at(-1)) : null, missed };
    },
    get,
    async open({ direction, number, calledBack }, by) {
      const source = calledBack === undefined ? null : await get(calledBack);
      const wanted = number ?? (source && (await findNumber(source)));
      if (wanted === null) throw new AppError({ code: 'number_unknown', message: by.id });
      const id = newCallId();
      const sealed = await seal(id, wanted);
      const [before] = await store.list({ words: sealed.words }, null, 1);
      const at = now();
      const call: Call = {
        ...NEW_CALL,
        id,
        kind: 'phone',
        status: 'accepted',
        direction,
        conversation: source?.conversation ?? null,
        contactName: source?.contactName ?? before?.contactName ?? null,
        number: sealed,
        agent: { id: by.id, name: by.name },
        ringingAt: at,
        acceptedAt: at,
      };
      if (!(await store.insert(call))) throw new AppError({ code: 'in_a_call', message: by.id });
      const tell = (changed: Call | null): void => {
        if (changed !== null) deps.calls.events.emit('changed', changed);
      };
      if (source !== null) tell(await store.annotate(source.id, { calledBackAt: at }));
      tell(call);
      return call;
    },
    async annotate(id, { number, ...notes }, by) {
      await getOwn(id, by);
      const set: CallNotes = {
        ...definedOf(notes),
        ...(number === undefined ? {} : { number: await seal(id, number) }),
      };
      const changed = Object.keys(set).length === 0 ? await get(id) : await store.annotate(id, set);
      if (changed === null) throw missing(id);
      return changed;
    },
    async finish(id, by) {
      for (;;) {
        const call = await getOwn(id, by);
        // A voice call ends on its page, with the sound.
        if (call.kind === 'voice' || !isLive(call)) return call;
        const result = applyCallChange(call, { kind: 'end', by: 'agent', reason: 'hung-up' }, now());
        if (!('next' in result)) return call;
        // Nobody is told in a conversation what was said on the telephone.
        const next = { ...result.next, untold: false };
        if ((await store.replace(next)) !== 'written') continue;
        deps.calls.events.emit('changed', next);
        return next;
      }
    },
    async reveal(id, by) {
      const call = await get(id);
      const number = await unseal(call);
      if (number === null) throw new AppError({ code: 'number_unknown', message: id });
      await deps.audit({
        actor: { id: by.id, name: by.name },
        action: 'value.revealed',
        subject: `call:${id}`,
        details: { types: ['phone'] },
        address: by.address,
      });
      return number;
    },
    async findCaller(number, me) {
      const words = await wordsFor(number);
      const [known, calls] = await Promise.all([
        deps.findByNumber(normalizeNumber(number), me),
        store.list({ words }, null, MOST_OF_CALLER),
      ]);
      return {
        name: calls.find(({ contactName }) => contactName !== null)?.contactName ?? known.name,
        conversations: known.conversations,
        tickets: known.tickets,
        calls: calls.map(presentCall),
      };
    },
  };
}

const missing = (id: string): AppError => new AppError({ code: 'call_not_found', message: id });

/** So that what was sealed for one call cannot be read as another's. */
const placeOf = (id: string): string => `call ${id}`;

function definedOf(notes: Omit<CallNoteChange, 'number'>): CallNotes {
  const { contactName, outcome, note, ticket } = notes;
  return {
    // An empty field is a name that is not known.
    ...(contactName === undefined ? {} : { contactName: contactName || null }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(note === undefined ? {} : { note }),
    ...(ticket === undefined ? {} : { ticket }),
  };
}

function cursorOf(call: Call | undefined): string | null {
  return call === undefined ? null : `${call.ringingAt.getTime()}.${call.id}`;
}

function parseCursor(cursor: string | undefined): { ringingAt: Date; id: string } | null {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f]{24})$/.exec(cursor ?? '') ?? [];
  return at === undefined || id === undefined ? null : { ringingAt: new Date(Number(at)), id };
}

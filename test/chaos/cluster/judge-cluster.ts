/**
 * What became of a run over several nodes: what every node tells contacts and staff, what the store holds, what screens
 * showed, and who wrote while having the conversation.
 */
import { isDeepStrictEqual } from 'node:util';
import type { MessageView } from '../../../src/contracts/chat.ts';
import type { Person, StaffMessage } from '../../../src/contracts/console.ts';
import { type ContactRecord, judge, type Verdict } from '../verdict.ts';
import type { SentByAgent } from './agent.ts';

/** A message as it lies in the store. */
export interface StoredMessage extends Pick<MessageView, 'seq' | 'author' | 'at' | 'text' | 'replyTo'> {
  /** What the bot was to know of it; null: it was said to a person. */
  readonly forBot: { readonly queued: boolean } | null;
}

export interface ClusterRecord {
  readonly contact: Omit<ContactRecord, 'stored' | 'saidToPeople' | 'tickets'>;
  readonly conversation: string;
  readonly stored: readonly StoredMessage[];
  /** As each node tells it. */
  readonly nodes: readonly {
    readonly name: string;
    readonly toContact: readonly MessageView[];
    readonly toStaff: readonly StaffMessage[];
  }[];
}

/** Somebody of the staff, with what was sent and seen. */
export interface StaffRecord extends Person {
  readonly sent: readonly SentByAgent[];
  readonly acknowledged: ReadonlyMap<string, StaffMessage>;
  readonly screens: ReadonlyMap<string, readonly StaffMessage[]>;
  /** Its last screens show these to the end. */
  readonly held: readonly string[];
  readonly told: ReadonlyMap<string, ReadonlyMap<number, StaffMessage>>;
  readonly contradictions: readonly string[];
}

export interface ClusterVerdict extends Verdict {
  readonly byStaff: number;
  readonly acknowledgedToStaff: number;
  /** Nodes that tell different transcripts, or another one than the store's. */
  readonly differing: readonly string[];
  /** A conversation with two holders, or with one who should have lost it. */
  readonly holders: readonly string[];
}

/** @param tickets codes of all tickets in the store */
export function judgeCluster(
  records: readonly ClusterRecord[],
  staff: readonly StaffRecord[],
  tickets: readonly string[],
): ClusterVerdict {
  const lost: string[] = [];
  const doubled: string[] = [];
  const outOfOrder: string[] = [];
  const differing: string[] = [];
  const holders: string[] = [];
  const contacts = records.map((record): ContactRecord => {
    const [first] = record.nodes;
    differing.push(...compareNodes(record));
    holders.push(...judgeHolders(record.contact.name, first?.toStaff ?? []));
    return {
      ...record.contact,
      // What was promised is there, and nothing else; whether a dialogue comes to a ticket is not foreseen.
      tickets: null,
      stored: first?.toContact ?? [],
      saidToPeople: new Set(findSaidToPeople(record.stored, first?.toStaff ?? [])),
    };
  });
  const transcripts = new Map(
    records.map(({ conversation, nodes }) => [conversation, nodes[0]?.toStaff ?? []]),
  );
  const known = new Set(staff.flatMap(({ sent }) => sent.map(({ clientId }) => clientId)));
  for (const [conversation, transcript] of transcripts) {
    const names = transcript.flatMap(({ author, clientId }) => (author === 'agent' ? [clientId ?? ''] : []));
    for (const name of names)
      if (!known.has(name))
        doubled.push(`${conversation}: ${name} is stored, and nobody of the staff sent it`);
    if (new Set(names).size < names.length)
      doubled.push(`${conversation}: a message of the staff is stored twice`);
  }
  for (const one of staff) judgeStaff(one, transcripts, { lost, outOfOrder });
  const verdict = judge(contacts, tickets);
  return {
    ...verdict,
    byStaff: staff.reduce((sum, { sent }) => sum + sent.length, 0),
    acknowledgedToStaff: staff.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0),
    lost: [...verdict.lost, ...lost],
    doubled: [...verdict.doubled, ...doubled],
    outOfOrder: [...verdict.outOfOrder, ...outOfOrder],
    differing,
    holders,
  };
}

const COMPARED = ['seq', 'author', 'at', 'text', 'replyTo'] as const;
const essence = (message: Pick<MessageView, (typeof COMPARED)[number]>): string =>
  JSON.stringify(COMPARED.map((name) => message[name]));

function compareNodes({ contact: { name }, stored, nodes }: ClusterRecord): string[] {
  const [first] = nodes;
  const truth = JSON.stringify(stored.map(essence));
  return nodes.flatMap((node) => [
    ...(JSON.stringify(node.toContact.map(essence)) === truth
      ? []
      : [`${node.name} tells the contact something else of ${name} than the store holds`]),
    ...(JSON.stringify(node.toStaff.map(essence)) === truth
      ? []
      : [`${node.name} tells the staff something else of ${name} than the store holds`]),
    ...(isDeepStrictEqual(node.toContact, first?.toContact) && isDeepStrictEqual(node.toStaff, first?.toStaff)
      ? []
      : [`${node.name} and ${first?.name} tell two things of ${name}`]),
  ]);
}

type Holder = { readonly at: number; readonly agent: string | null };

/** Who had it from which place on, as the transcript tells it. */
function findHolders(transcript: readonly StaffMessage[]): Holder[] {
  return transcript.flatMap(({ seq, event }): Holder[] => {
    switch (event?.kind) {
      case 'claimed':
      case 'taken-over':
        return [{ at: seq, agent: event.by?.id ?? null }];
      case 'assigned':
      case 'transferred':
        return [{ at: seq, agent: event.to?.id ?? null }];
      case 'returned':
      case 'agent-gone':
      case 'to-bot':
      case 'closed':
      case 'reopened':
        return [{ at: seq, agent: null }];
      default:
        return [];
    }
  });
}

/**
 * Whoever of the staff writes has the conversation. It may be told a moment after it is so, hence the next holder may
 * speak before.
 */
function judgeHolders(name: string, transcript: readonly StaffMessage[]): string[] {
  const changes = findHolders(transcript);
  return transcript.flatMap(({ seq, author, agent }) => {
    if (author !== 'agent') return [];
    const next = changes.findIndex(({ at }) => at > seq);
    const now = changes[(next < 0 ? changes.length : next) - 1];
    const isHolder = now?.agent === agent?.id || (next >= 0 && changes[next]?.agent === agent?.id);
    return isHolder ? [] : [`${name}: ${agent?.name} wrote at ${seq} without having it`];
  });
}

/** What the bot need not answer: said to a person, or while one was waited for, or taken by one before it was answered. */
function findSaidToPeople(stored: readonly StoredMessage[], transcript: readonly StaffMessage[]): number[] {
  const changes = findHolders(transcript);
  const answered = stored.flatMap(({ replyTo }) => (replyTo === null ? [] : [replyTo]));
  return stored.flatMap(({ seq, author, forBot }) => {
    if (author !== 'contact') return [];
    if (forBot === null || forBot.queued) return [seq];
    const taken = changes.find(({ at, agent }) => at > seq && agent !== null);
    if (taken === undefined) return [];
    // Had the bot answered something later before it was taken, it would have left this one out.
    const wentOn = stored.some(
      ({ seq: at, replyTo }) =>
        at < taken.at && replyTo !== null && replyTo > seq && answered.includes(replyTo),
    );
    return wentOn ? [] : [seq];
  });
}

function judgeStaff(
  one: StaffRecord,
  transcripts: ReadonlyMap<string, readonly StaffMessage[]>,
  faults: { readonly lost: string[]; readonly outOfOrder: string[] },
): void {
  const lastPlaces = new Map<string, number>();
  for (const { conversation, clientId, text } of one.sent) {
    const message = transcripts.get(conversation)?.find((other) => other.clientId === clientId);
    const promised = one.acknowledged.get(clientId);
    if (message === undefined) {
      if (promised !== undefined) faults.lost.push(`${one.name}: ${clientId} is acknowledged and not stored`);
      continue;
    }
    if (message.text !== text) faults.lost.push(`${one.name}: ${clientId} is stored as “${message.text}”`);
    if (promised !== undefined && promised.seq !== message.seq)
      faults.outOfOrder.push(
        `${one.name}: ${clientId} is at ${message.seq}, acknowledged for ${promised.seq}`,
      );
    if (message.seq < (lastPlaces.get(conversation) ?? 0))
      faults.outOfOrder.push(`${one.name}: ${clientId} stands before what was sent before it`);
    lastPlaces.set(conversation, message.seq);
  }
  for (const [conversation, places] of one.told)
    for (const [seq, message] of places)
      if (!isDeepStrictEqual(message, transcripts.get(conversation)?.[seq - 1]))
        faults.outOfOrder.push(`${one.name} was told something else of place ${seq} in ${conversation}`);
  for (const conversation of one.held) {
    const missing =
      (transcripts.get(conversation)?.length ?? 0) - (one.screens.get(conversation)?.length ?? 0);
    if (missing > 0)
      faults.lost.push(`${one.name} does not show the last ${missing} messages of ${conversation}`);
  }
  faults.outOfOrder.push(...one.contradictions);
}

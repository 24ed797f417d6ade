/** What became of the messages: compares what was sent, what was acknowledged, what is stored and what devices show. */
import { isDeepStrictEqual } from 'node:util';
import type { MessageView } from '../../src/contracts/chat.ts';

export interface DeviceRecord {
  readonly name: string;
  /** In the order of sending; `kept` is the text as it is to be stored. */
  readonly sent: readonly { readonly clientId: string; readonly kept: string }[];
  /** By clientId. */
  readonly acknowledged: ReadonlyMap<string, MessageView>;
  /** What it shows; null: it keeps nothing. */
  readonly view: readonly MessageView[] | null;
  /** Where the desk told it two different things. */
  readonly contradictions: readonly string[];
}

export interface ContactRecord {
  readonly name: string;
  /** The transcript as the desk has it. */
  readonly stored: readonly MessageView[];
  readonly devices: readonly DeviceRecord[];
  /** Tickets that its dialogues should have come to; null: it depends. */
  readonly tickets: number | null;
  /** Places of what was said to people, or is in their hands: the bot need not answer it. Left out: nothing. */
  readonly saidToPeople?: ReadonlySet<number>;
}

export interface Verdict {
  /** Different ones, however often each was sent. */
  readonly messages: number;
  readonly acknowledged: number;
  /** Each fault in a sentence. Lost is also what was never answered, or stored otherwise than it was sent. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Also: two devices that show different transcripts, and a place that was given twice. */
  readonly outOfOrder: readonly string[];
}

/** @param tickets codes of all tickets in the database */
export function judge(contacts: readonly ContactRecord[], tickets: readonly string[]): Verdict {
  const lost: string[] = [];
  const doubled: string[] = [];
  const outOfOrder: string[] = [];
  const faults = { lost, doubled, outOfOrder };
  for (const contact of contacts) {
    judgeTranscript(contact, faults);
    for (const device of contact.devices) judgeDevice(device, contact, faults);
  }
  judgeTickets(contacts, tickets, faults);
  const devices = contacts.flatMap((contact) => contact.devices);
  return {
    messages: devices.reduce((sum, { sent }) => sum + sent.length, 0),
    acknowledged: devices.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0),
    ...faults,
  };
}

export function isClean({ lost, doubled, outOfOrder }: Verdict): boolean {
  return lost.length + doubled.length + outOfOrder.length === 0;
}

/** The last line of a fault run. */
export function formatVerdict({ messages, acknowledged, lost, doubled, outOfOrder }: Verdict): string {
  return [
    `${messages.toLocaleString('en')} messages`,
    `${acknowledged.toLocaleString('en')} acknowledged`,
    `${lost.length} lost`,
    `${doubled.length} doubled`,
    `${outOfOrder.length} out of order`,
  ].join(', ');
}

type Faults = Readonly<Record<'lost' | 'doubled' | 'outOfOrder', string[]>>;

/** The transcript by itself: its places, its names, its answers. */
function judgeTranscript(
  { name, stored, devices, saidToPeople = new Set() }: ContactRecord,
  faults: Faults,
): void {
  const known = new Set(devices.flatMap(({ sent }) => sent.map(({ clientId }) => clientId)));
  const names = new Set<string>();
  const answered = new Set<number>();
  let lastAnswered = 0;
  stored.forEach(({ seq, clientId, author, replyTo }, at) => {
    if (seq !== at + 1) faults.outOfOrder.push(`${name}: place ${seq} stands where ${at + 1} should`);
    if (author === 'contact') {
      if (names.has(clientId ?? '')) faults.doubled.push(`${name}: ${clientId} is stored twice`);
      else if (!known.has(clientId ?? ''))
        faults.doubled.push(`${name}: ${clientId} is stored, and nobody sent it`);
      names.add(clientId ?? '');
      return;
    }
    if (replyTo === null) return;
    if (answered.has(replyTo)) faults.doubled.push(`${name}: message ${replyTo} is answered twice`);
    else if (replyTo < lastAnswered || replyTo >= seq)
      faults.outOfOrder.push(`${name}: the answer to message ${replyTo} stands at ${seq}`);
    answered.add(replyTo);
    lastAnswered = Math.max(lastAnswered, replyTo);
  });
  for (const { seq, author } of stored)
    if (author === 'contact' && !answered.has(seq) && !saidToPeople.has(seq))
      faults.lost.push(`${name}: message ${seq} has no answer`);
}

function judgeDevice(device: DeviceRecord, { stored }: ContactRecord, faults: Faults): void {
  const { name, sent, acknowledged, view } = device;
  const byName = new Map(stored.map((message) => [message.clientId ?? '', message]));
  let before = 0;
  for (const { clientId, kept } of sent) {
    const message = byName.get(clientId);
    const promised = acknowledged.get(clientId);
    if (promised === undefined) faults.lost.push(`${name}: ${clientId} was never acknowledged`);
    if (message === undefined) {
      if (promised !== undefined) faults.lost.push(`${name}: ${clientId} is acknowledged and not stored`);
      continue;
    }
    if (promised !== undefined && promised.seq !== message.seq)
      faults.outOfOrder.push(
        `${name}: ${clientId} is stored at ${message.seq}, acknowledged for ${promised.seq}`,
      );
    if (message.text !== kept)
      faults.lost.push(`${name}: ${clientId} is stored as “${message.text}” instead of “${kept}”`);
    if (message.seq < before)
      faults.outOfOrder.push(`${name}: ${clientId} stands before what was sent before it`);
    before = Math.max(before, message.seq);
  }
  faults.outOfOrder.push(...device.contradictions);
  if (view === null) return;
  const missing = stored.length - view.length;
  if (missing > 0) faults.lost.push(`${name} does not show the last ${missing} messages`);
  if (missing < 0) faults.outOfOrder.push(`${name} shows ${-missing} messages that are not stored`);
  const differs = view.findIndex(
    (message, at) => at < stored.length && !isDeepStrictEqual(message, stored[at]),
  );
  if (differs >= 0) faults.outOfOrder.push(`${name} shows something else at place ${differs + 1}`);
}

/** Each ticket that was promised is there, and each one that is there was promised. */
function judgeTickets(contacts: readonly ContactRecord[], tickets: readonly string[], faults: Faults): void {
  const promised = new Set<string>();
  for (const { name, stored, tickets: due } of contacts) {
    const codes = stored.flatMap(({ bubbles }) =>
      bubbles.flatMap((bubble) => (bubble.kind === 'ticket' ? [bubble.code] : [])),
    );
    if (due !== null && codes.length < due)
      faults.lost.push(`${name} was to get ${due} tickets and got ${codes.length}`);
    if (due !== null && codes.length > due)
      faults.doubled.push(`${name} was to get ${due} tickets and got ${codes.length}`);
    for (const code of codes) promised.add(code);
  }
  const there = new Set(tickets);
  for (const code of promised) if (!there.has(code)) faults.lost.push(`ticket ${code} is not stored`);
  for (const code of there)
    if (!promised.has(code)) faults.doubled.push(`ticket ${code} was made, and nobody was told`);
}

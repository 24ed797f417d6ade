/** The judge of fault runs over several nodes: it is worth something only if it would find what it looks for. */
import { describe, expect, it } from 'vitest';
import type { ConversationEvent, StaffMessage } from '../../src/contracts/console.ts';
import {
  type ClusterRecord,
  type ClusterVerdict,
  judgeCluster,
  type StaffRecord,
} from './cluster/judge-cluster.ts';

const LAN = { id: 'lan', name: 'Lan' };
const MINH = { id: 'minh', name: 'Minh' };
const say = (more: Partial<StaffMessage>): StaffMessage => ({
  seq: 0,
  clientId: null,
  author: 'bot',
  by: null,
  at: '2026-01-01T00:00:00.000Z',
  text: '',
  redacted: [],
  bubbles: [],
  choices: [],
  replyTo: null,
  helpful: null,
  agent: null,
  event: null,
  understanding: null,
  sealed: [],
  mark: null,
  ...more,
});
const ask = (clientId: string): StaffMessage =>
  say({ author: 'contact', clientId, text: `text of ${clientId}` });
const told = (kind: ConversationEvent['kind'], by: typeof LAN): StaffMessage =>
  say({ author: 'system', event: { kind, by, to: null, skill: null, note: '' } });
const reply = (agent: typeof LAN, clientId: string): StaffMessage =>
  say({ author: 'agent', agent, by: agent.name, clientId, text: `text of ${clientId}` });
const answerTo = (replyTo: number): StaffMessage => say({ replyTo });

/** A question, a person, an answer, and the bot again. */
const WHOLE = [
  ask('first'),
  answerTo(1),
  told('claimed', LAN),
  ask('second'),
  reply(LAN, 'reply'),
  told('to-bot', LAN),
];
const SENT = ['first', 'second'];

const inOrder = (said: readonly StaffMessage[]): StaffMessage[] =>
  said.map((message, at) => ({ ...message, seq: at + 1 }));
const toContact = (said: readonly StaffMessage[]) =>
  said.map(({ agent, event, understanding, sealed, mark, ...message }) => ({
    ...message,
    clientId: message.author === 'contact' ? message.clientId : null,
  }));

/** What every node tells and the store holds; as told otherwise. */
function record(
  said: readonly StaffMessage[],
  otherwise: { readonly elsewhere?: readonly StaffMessage[]; readonly stored?: readonly StaffMessage[] } = {},
): ClusterRecord {
  const transcript = inOrder(said);
  const elsewhere = inOrder(otherwise.elsewhere ?? said);
  const isWithPerson = (seq: number): boolean =>
    transcript.some(({ event }, at) => event?.kind === 'claimed' && at + 1 < seq);
  const acknowledged = transcript.flatMap((message): [string, StaffMessage][] =>
    message.author === 'contact' ? [[message.clientId ?? '', message]] : [],
  );
  return {
    conversation: 'talk',
    contact: {
      name: 'contact',
      devices: [
        {
          name: 'device',
          sent: SENT.map((clientId) => ({ clientId, kept: `text of ${clientId}` })),
          acknowledged: new Map(acknowledged),
          view: toContact(transcript),
          contradictions: [],
        },
      ],
    },
    stored: inOrder(otherwise.stored ?? said).map(({ seq, author, at, text, replyTo }) => ({
      seq,
      author,
      at,
      text,
      replyTo,
      forBot: author === 'contact' && !isWithPerson(seq) ? { queued: false } : null,
    })),
    nodes: [
      { name: 'node 1', toContact: toContact(transcript), toStaff: transcript },
      { name: 'node 2', toContact: toContact(elsewhere), toStaff: elsewhere },
    ],
  };
}

function lan(said: readonly StaffMessage[], more: Partial<StaffRecord> = {}): StaffRecord {
  const transcript = inOrder(said);
  const own = transcript.filter(({ author, agent }) => author === 'agent' && agent?.id === LAN.id);
  return {
    ...LAN,
    sent: own.map(({ clientId, text }) => ({ conversation: 'talk', clientId: clientId ?? '', text })),
    acknowledged: new Map(own.map((message) => [message.clientId ?? '', message])),
    screens: new Map([['talk', transcript]]),
    held: ['talk'],
    told: new Map([['talk', new Map(transcript.map((message) => [message.seq, message]))]]),
    contradictions: [],
    ...more,
  };
}

const counts = ({ lost, doubled, outOfOrder, differing, holders }: ClusterVerdict): number[] =>
  [lost, doubled, outOfOrder, differing, holders].map(({ length }) => length);

describe('the judge of a run over several nodes', () => {
  it('finds nothing where nothing is', () => {
    const verdict = judgeCluster([record(WHOLE)], [lan(WHOLE)], []);
    expect(counts(verdict)).toEqual([0, 0, 0, 0, 0]);
    expect(verdict).toMatchObject({ messages: 2, acknowledged: 2, byStaff: 1, acknowledgedToStaff: 1 });
  });

  const shorter = WHOLE.slice(0, -1);
  const twice = [...WHOLE.slice(0, 5), reply(LAN, 'reply'), told('to-bot', LAN)];
  const byStranger = [...WHOLE.slice(0, 4), reply(MINH, 'reply'), told('to-bot', LAN)];
  const early = [ask('first'), answerTo(1), reply(LAN, 'reply'), told('claimed', LAN), ask('second')];
  const unanswered = [ask('first'), ask('second'), answerTo(2)];
  it.each<[string, ClusterRecord, StaffRecord, number[]]>([
    ['a node that tells less', record(WHOLE, { elsewhere: shorter }), lan(WHOLE), [0, 0, 0, 3, 0]],
    ['a store that holds less', record(WHOLE, { stored: shorter }), lan(WHOLE), [0, 0, 0, 4, 0]],
    [
      'a message of the staff that is not stored',
      record(WHOLE),
      lan(WHOLE, {
        sent: [
          { conversation: 'talk', clientId: 'reply', text: 'text of reply' },
          { conversation: 'talk', clientId: 'gone', text: 'text of gone' },
        ],
        acknowledged: new Map([['gone', say({ seq: 7 })]]),
      }),
      [1, 0, 0, 0, 0],
    ],
    [
      'a message of the staff that is stored twice',
      record(twice),
      lan(WHOLE, { held: [], told: new Map() }),
      [0, 1, 0, 0, 0],
    ],
    ['a message of the staff that nobody sent', record(WHOLE), lan(WHOLE, { sent: [] }), [0, 1, 0, 0, 0]],
    [
      'one who writes without having it',
      record(byStranger),
      lan(byStranger, { sent: [{ conversation: 'talk', clientId: 'reply', text: 'text of reply' }] }),
      [0, 0, 0, 0, 1],
    ],
    ['not one who writes before it is told that she has it', record(early), lan(early), [0, 0, 0, 0, 0]],
    ['a question that the bot left out', record(unanswered), lan(unanswered), [1, 0, 0, 0, 0]],
    [
      'a screen that lacks the end',
      record(WHOLE),
      lan(WHOLE, { screens: new Map([['talk', inOrder(shorter)]]) }),
      [1, 0, 0, 0, 0],
    ],
    [
      'a screen that was told something else',
      record(WHOLE),
      lan(WHOLE, { told: new Map([['talk', new Map([[1, say({ seq: 1, text: 'other' })]])]]) }),
      [0, 0, 1, 0, 0],
    ],
    ['a desk that said two things', record(WHOLE), lan(WHOLE, { contradictions: ['two'] }), [0, 0, 1, 0, 0]],
  ])('finds %s', (_, stored, staff, expected) => {
    expect(counts(judgeCluster([stored], [staff], []))).toEqual(expected);
  });
});

/** All transcripts as every node tells them, to the contact and to the staff, and as the store holds them. */
import type { Db } from 'mongodb';
import type { ConversationOpened, StaffMessage } from '../../../src/contracts/console.ts';
import { connectStaff, type StaffClient } from '../../support/staff-client.ts';
import { readTranscript } from '../run-chaos.ts';
import type { DeviceRecord } from '../verdict.ts';
import type { ClusterRecord, StoredMessage } from './judge-cluster.ts';

export interface Party {
  readonly name: string;
  readonly token: string;
  readonly conversation: string;
  readonly devices: readonly DeviceRecord[];
}

export interface Reading {
  readonly records: readonly ClusterRecord[];
  /** What each node says of how many conversations each of the staff has, by account. */
  readonly loads: readonly { readonly node: string; readonly loads: ReadonlyMap<string, number> }[];
  /** The same by the store. */
  readonly held: ReadonlyMap<string, number>;
  /** Codes. */
  readonly tickets: readonly string[];
  /** Conversations and messages in the store. */
  readonly stored: { readonly conversations: number; readonly messages: number };
}

const AT_ONCE = 6;

export async function readAll(
  nodes: readonly { readonly name: string; readonly url: string }[],
  database: Db,
  parties: readonly Party[],
  /** Of somebody who may read every conversation. */
  cookie: string,
): Promise<Reading> {
  const readers = await Promise.all(
    nodes.map(async (node) => ({ ...node, staff: await connectStaff(node.url, cookie) })),
  );
  try {
    const records: ClusterRecord[] = [];
    for (let at = 0; at < parties.length; at += AT_ONCE)
      records.push(
        ...(await Promise.all(
          parties.slice(at, at + AT_ONCE).map(async ({ name, token, conversation, devices }) => ({
            contact: { name, devices },
            conversation,
            stored: await readStored(database, conversation),
            nodes: await Promise.all(
              readers.map(async (reader) => ({
                name: reader.name,
                toContact: await readTranscript(reader.url, token),
                toStaff: await readAsStaff(reader.staff, conversation),
              })),
            ),
          })),
        )),
      );
    const loads = await Promise.all(
      readers.map(async ({ name, staff }) => {
        const { agents } = await staff.command('desk:enter', {});
        return { node: name, loads: new Map(agents.map(({ id, load }) => [id, load])) };
      }),
    );
    const held = new Map<string, number>();
    for (const { handling } of await database
      .collection('conversations')
      .find({ status: 'active' })
      .toArray())
      held.set(handling.agent.id, (held.get(handling.agent.id) ?? 0) + 1);
    return {
      records,
      loads,
      held,
      tickets: (await database.collection<{ _id: string }>('tickets').find().toArray()).map(({ _id }) => _id),
      stored: {
        conversations: await database.collection('conversations').countDocuments(),
        messages: await database.collection('messages').countDocuments(),
      },
    };
  } finally {
    for (const { staff } of readers) staff.close();
  }
}

async function readAsStaff(staff: StaffClient, id: string): Promise<StaffMessage[]> {
  const read: StaffMessage[] = [];
  for (let hasMore = true; hasMore; ) {
    const page: ConversationOpened = await staff.command('conversation:open', { id, after: read.length });
    read.push(...page.messages);
    hasMore = page.hasMore;
  }
  await staff.command('conversation:leave', { id });
  return read;
}

async function readStored(database: Db, conversation: string): Promise<StoredMessage[]> {
  const found = await database.collection('messages').find({ conversation }).sort({ seq: 1 }).toArray();
  return found.map(({ seq, author, at, text = '', replyTo = null, forBot = null }) => ({
    seq,
    author,
    at: at.toISOString(),
    text,
    replyTo,
    forBot: forBot && { queued: forBot.queued },
  }));
}

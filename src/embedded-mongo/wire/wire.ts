/**
 * MongoDB's wire protocol: OP_MSG, and OP_QUERY for the first hello of older drivers.
 * https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
 */

import { type Document, encode, splitDocuments } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_COMPRESSED = 2012;
const OP_MSG = 2013;
const HEADER = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** As mongod tells drivers. */
export const LARGEST_MESSAGE = 48_000_000;

export interface Message {
  readonly requestId: number;
  readonly legacy: boolean;
  readonly body: Buffer;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** False where the sender does not want an answer (w: 0). */
  readonly wantsReply: boolean;
}

/**
 * Cuts a stream of bytes into messages.
 * @returns a function that takes the next bytes and gives the messages that are complete
 * @throws MongoFault from that function when a message is too large to be one
 */
export function createFramer(): (bytes: Buffer) => Buffer[] {
  let chunks: Buffer[] = [];
  let held = 0;
  /** Of the message that is coming; 0 while its first bytes are not there. */
  let expected = 0;
  return (bytes) => {
    chunks.push(bytes);
    held += bytes.length;
    // A large message comes in many packets: they are joined once, when the last is there.
    if (held < Math.max(expected, 4)) return [];
    let joined = chunks.length === 1 ? bytes : Buffer.concat(chunks);
    const messages: Buffer[] = [];
    for (expected = 0; joined.length >= 4; joined = joined.subarray(expected), expected = 0) {
      expected = joined.readInt32LE(0);
      if (expected < HEADER || expected > LARGEST_MESSAGE + HEADER) {
        throw new MongoFault('BadValue', `a message of ${expected} bytes`);
      }
      if (joined.length < expected) break;
      messages.push(joined.subarray(0, expected));
    }
    chunks = [joined];
    held = joined.length;
    return messages;
  };
}

/** @throws MongoFault for an opcode that no current driver sends */
export function readMessage(message: Buffer): Message {
  const requestId = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === OP_QUERY) {
    const nameEnd = message.indexOf(0, HEADER + 4);
    const body = message.subarray(nameEnd + 9);
    const database = message.toString('utf8', HEADER + 4, nameEnd).split('.')[0];
    return {
      requestId,
      legacy: true,
      body: withDatabase(body, database ?? 'admin'),
      sequences: new Map(),
      wantsReply: true,
    };
  }
  if (opcode === OP_COMPRESSED)
    throw new MongoFault('BadValue', 'compression was not negotiated: connect without compressors');
  if (opcode !== OP_MSG) throw new MongoFault('BadValue', `unsupported opcode ${opcode}`);
  const flags = message.readUInt32LE(HEADER);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let body: Buffer | undefined;
  const sequences = new Map<string, Buffer[]>();
  for (let at = HEADER + 4; at < end; ) {
    const section = message[at++];
    const length = message.readInt32LE(at);
    if (length < 5 || at + length > end) throw new MongoFault('BadValue', `a section of ${length} bytes`);
    if (section === 0) body = message.subarray(at, at + length);
    else if (section === 1) {
      const nameEnd = message.indexOf(0, at + 4);
      sequences.set(
        message.toString('utf8', at + 4, nameEnd),
        splitDocuments(message.subarray(nameEnd + 1, at + length)),
      );
    } else throw new MongoFault('BadValue', `unknown section ${section} of a message`);
    at += length;
  }
  if (body === undefined) throw new MongoFault('BadValue', 'a message without a body');
  return { requestId, legacy: false, body, sequences, wantsReply: (flags & MORE_TO_COME) === 0 };
}

function withDatabase(body: Buffer, database: string): Buffer {
  const field = encode({ $db: database });
  const joined = Buffer.concat([body.subarray(0, -1), field.subarray(4)]);
  joined.writeInt32LE(joined.length);
  return joined;
}

let lastRequestId = 0;

/** The bytes of an answer to `message`. */
export function writeReply({ requestId, legacy }: Message, reply: Buffer | Document): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : encode(reply);
  // OP_MSG: flags and section kind. OP_REPLY: flags, cursor id, starting from, number returned.
  const header = Buffer.alloc(HEADER + (legacy ? 20 : 5));
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(++lastRequestId & 0x7fffffff, 4);
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  if (legacy) header.writeInt32LE(1, HEADER + 16);
  return Buffer.concat([header, body]);
}

/** The messages of one conversation that are on this device: one piece of it, in order, without gaps. */

interface Placed {
  readonly seq: number;
}

export interface Transcript<Message extends Placed> {
  /** By `seq`, each the next of the one before it. */
  readonly messages: readonly Message[];
  /** There is more before the first one. */
  readonly hasEarlier: boolean;
}

export const EMPTY: Transcript<never> = { messages: [], hasEarlier: false };

/** 0: there is none. */
export function lastSeq({ messages }: Transcript<Placed>): number {
  return messages[messages.length - 1]?.seq ?? 0;
}

export function firstSeq({ messages }: Transcript<Placed>): number {
  return messages[0]?.seq ?? 0;
}

/** The newest page as the desk gives it, instead of all that was there. */
export function startWith<Message extends Placed>(
  messages: readonly Message[],
  hasEarlier: boolean,
): Transcript<Message> {
  return { messages: inOrder(messages), hasEarlier };
}

export interface Taken<Message extends Placed> {
  readonly transcript: Transcript<Message>;
  /** Those that were not there before. */
  readonly added: readonly Message[];
  /** Something between the last message here and one of these is missing: it must be asked for. */
  readonly gap: boolean;
}

/** Messages that have come: known ones are replaced, the next ones are added, what lies behind a gap is not taken. */
export function take<Message extends Placed>(
  transcript: Transcript<Message>,
  arrived: readonly Message[],
): Taken<Message> {
  const messages = [...transcript.messages];
  const added: Message[] = [];
  let gap = false;
  for (const message of inOrder(arrived)) {
    const last = messages[messages.length - 1]?.seq ?? 0;
    const at = message.seq - (messages[0]?.seq ?? 0);
    if (message.seq === last + 1) {
      messages.push(message);
      added.push(message);
    } else if (message.seq > last) gap = true;
    else if (at >= 0) messages[at] = message;
  }
  return { transcript: { ...transcript, messages }, added, gap };
}

/** A page that ends just before the first message; of pages that do not fit, nothing is taken. */
export function takeEarlier<Message extends Placed>(
  transcript: Transcript<Message>,
  page: readonly Message[],
  hasEarlier: boolean,
): Transcript<Message> {
  const first = firstSeq(transcript);
  const earlier = inOrder(page).filter(({ seq }) => seq < first);
  if (earlier.length === 0) return { ...transcript, hasEarlier: hasEarlier && page.length > 0 };
  if (earlier[earlier.length - 1]?.seq !== first - 1) return transcript;
  return { messages: [...earlier, ...transcript.messages], hasEarlier };
}

function inOrder<Message extends Placed>(messages: readonly Message[]): Message[] {
  return [...messages].sort((a, b) => a.seq - b.seq);
}

/** The use cases of the staff: find conversations, read them with all that is known, handle them, note, reveal. */
import {
  type ContactTicket,
  type ConversationOpened,
  type ConversationRow,
  type EarlierConversation,
  type InboxPage,
  type InboxQuery,
  inQueueOrder,
  type MarkView,
  type Note,
  type Person,
  type Revealed,
  type StaffMessage,
  type StaffSendCommand,
} from '../contracts/console.ts';
import { AppError } from '../kernel/app-error.ts';
import { searchWords } from '../kernel/search-words.ts';
import { momentOf } from '../kernel/vietnam-time.ts';
import type { ToldConversation } from './cold-store.ts';
import { type Conversation, canBeRated, type Message } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { type Actor, type Change, isHandledBy } from './handling.ts';
import type { InboxFilter, InboxStore } from './inbox-store.ts';
import type { MessageStore } from './message-store.ts';
import type { NotesStore } from './notes-store.ts';
import {
  labelOf,
  presentEarlier,
  presentRow,
  presentStaffMessage,
  presentUnderstanding,
} from './present-for-staff.ts';

export interface ContactProfile {
  readonly name: string | null;
  readonly appVersion: string | null;
  readonly platform: 'android' | 'ios' | null;
  readonly sealed: readonly ('phone' | 'bhxhNumber')[];
}

export interface StaffedConversationsDeps {
  readonly conversations: Conversations;
  readonly store: InboxStore;
  readonly listOf: (contact: string) => Promise<Conversation[]>;
  /** Those that are not in the database any more, newest first; left out: there are none. */
  readonly archive?: {
    readonly has: (id: string) => Promise<boolean>;
    readonly listEarlier: (contact: string) => Promise<readonly EarlierConversation[]>;
  };
  readonly messages: Pick<MessageStore, 'listBefore' | 'find'>;
  readonly notes: NotesStore;
  readonly describeContacts: (ids: readonly string[]) => Promise<ReadonlyMap<string, ContactProfile>>;
  readonly revealContact: (id: string) => Promise<Revealed['values']>;
  readonly listTickets: (conversations: readonly string[]) => Promise<readonly ContactTicket[]>;
  readonly findTickets: (text: string) => Promise<readonly ContactTicket[]>;
  /** Words that stand for a phone number in the search, since the number itself is not kept. */
  readonly wordsForNumber: (text: string) => Promise<readonly string[]>;
  /** Title of an intent's FAQ entry. */
  readonly titleOf: (intent: string) => string;
  /** Kinds of the values that are kept under lock, by the clientId of their messages. */
  readonly sealedTypes: (
    conversation: string,
    clientIds: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** What staff say of the answers of the bot, by their places. */
  readonly marksOf: (conversation: string) => Promise<ReadonlyMap<number, MarkView>>;
  readonly revealValues: (conversation: string, clientId: string) => Promise<Revealed['values']>;
  readonly audit: (entry: {
    readonly actor: Person;
    readonly address: string;
    readonly action: 'value.revealed' | 'conversation.takenOver' | 'conversation.joined';
    readonly subject: string;
    readonly details: Readonly<Record<string, unknown>>;
  }) => Promise<void>;
  readonly now?: () => Date;
}

/** Who of the staff is asking. */
export interface StaffCaller extends Actor {
  readonly address: string;
}

export interface StaffedConversations {
  readonly list: (query: InboxQuery, me: string) => Promise<InboxPage>;
  /** @param last its newest messages, in order */
  readonly row: (conversation: Conversation, last?: readonly Message[]) => Promise<ConversationRow>;
  /** @throws AppError `conversation_not_found`, `conversation_archived` */
  readonly get: (id: string) => Promise<Conversation>;
  readonly open: (
    id: string,
    after: number | undefined,
    me: string,
  ) => Promise<Omit<ConversationOpened, 'viewers' | 'contactOnline'>>;
  readonly readHistory: (
    id: string,
    before: number,
  ) => Promise<{ readonly messages: readonly StaffMessage[]; readonly hasMore: boolean }>;
  readonly change: (id: string, change: Change, by: StaffCaller) => Promise<ConversationRow>;
  readonly say: (command: StaffSendCommand, by: StaffCaller, origin: string) => Promise<StaffMessage>;
  readonly present: (message: Message) => Promise<StaffMessage>;
  readonly note: (
    command: {
      readonly id: string;
      readonly clientId: string;
      readonly text: string;
      readonly whisper: boolean;
    },
    by: StaffCaller,
  ) => Promise<Note>;
  /** @throws AppError `not_yours` for an agent who does not handle the conversation */
  readonly reveal: (id: string, seq: number, by: StaffCaller) => Promise<Revealed>;
  readonly revealContact: (id: string, by: StaffCaller) => Promise<Revealed>;
  readonly saveDraft: (id: string, text: string, me: string) => Promise<void>;
  /** One that is not in the database any more, as it is opened. */
  readonly tell: (
    told: ToldConversation,
  ) => Promise<Pick<ConversationOpened, 'conversation' | 'messages' | 'notes' | 'contact'>>;
}

const PAGE = 40;
const NO_LIMIT = 0;
const MOST_WAITING = 500;
/** So many of the newest messages are looked at for the line of a list. */
const PREVIEWED = 6;
/** So many of the newest messages say what the contact's card tells of them. */
const CARD_MESSAGES = 50;

/** `next`: the cursor of the next page; null: there is none. */
interface Page {
  readonly page: readonly Conversation[];
  readonly next: string | null;
}

export function createStaffedConversations(deps: StaffedConversationsDeps): StaffedConversations {
  const { conversations, store, messages, notes, titleOf, now = () => new Date() } = deps;

  const get = async (id: string): Promise<Conversation> => {
    const found = await conversations.find(id);
    if (found !== null) return found;
    const isArchived = (await deps.archive?.has(id)) ?? false;
    throw new AppError({
      code: isArchived ? 'conversation_archived' : 'conversation_not_found',
      message: id,
    });
  };
  const lastOf = async (id: string): Promise<Message | null> =>
    (await messages.listBefore(id, Number.POSITIVE_INFINITY, 1))[0] ?? null;
  const lastFew = (id: string): Promise<Message[]> =>
    messages.listBefore(id, Number.POSITIVE_INFINITY, PREVIEWED);
  const rows = async (found: readonly Conversation[]): Promise<ConversationRow[]> => {
    const [profiles, lasts] = await Promise.all([
      deps.describeContacts(found.map(({ contact }) => contact)),
      Promise.all(found.map(({ id }) => lastFew(id))),
    ]);
    return found.map((one, at) => presentRow(one, profiles.get(one.contact)?.name ?? null, lasts[at] ?? []));
  };
  const row: StaffedConversations['row'] = async (conversation, last) => {
    const profiles = await deps.describeContacts([conversation.contact]);
    const newest = last ?? (await lastFew(conversation.id));
    return presentRow(conversation, profiles.get(conversation.contact)?.name ?? null, newest);
  };
  const presentAll = async (id: string, page: readonly Message[]): Promise<StaffMessage[]> => {
    const ofContact = page.filter(({ author }) => author === 'contact').map(({ clientId }) => clientId);
    const sealed =
      ofContact.length === 0 ? new Map<string, readonly string[]>() : await deps.sealedTypes(id, ofContact);
    const marks = page.some(canBeRated) ? await deps.marksOf(id) : new Map<number, MarkView>();
    return page.map((message) =>
      presentStaffMessage(
        message,
        titleOf,
        sealed.get(message.clientId) ?? [],
        marks.get(message.seq) ?? null,
      ),
    );
  };
  /** Agents see the numbers of those whom they help; who oversees, of all. */
  const getForReveal = async (id: string, by: StaffCaller): Promise<Conversation> => {
    const conversation = await get(id);
    if (by.oversees || isHandledBy(conversation, by)) return conversation;
    const holder = conversation.handling?.agent.name;
    throw new AppError({ code: 'not_yours', message: id, details: holder === undefined ? [] : [holder] });
  };
  const logReveal = (by: StaffCaller, subject: string, types: readonly string[]): Promise<void> =>
    deps.audit({ actor: by, address: by.address, action: 'value.revealed', subject, details: { types } });

  /** Where the most of the words stand, the newest of such places. */
  const findText = async (id: string, words: readonly string[]): Promise<string | null> => {
    const page = await messages.listBefore(id, Number.POSITIVE_INFINITY, CARD_MESSAGES);
    let best: { readonly text: string | null; readonly count: number } = { text: null, count: 0 };
    for (const { author, text } of page.reverse()) {
      if (author !== 'contact' && author !== 'agent') continue;
      const folded = searchWords(text);
      const count = words.filter((word) => folded.some((other) => other.startsWith(word))).length;
      if (count > best.count) best = { text, count };
    }
    return best.text;
  };

  /** The front of the queue, whole: it is not so long that people page through it. */
  const listQueue = async (filter: InboxFilter): Promise<Page> => {
    const waiting = (await store.list(filter, null, NO_LIMIT)).flatMap((conversation) =>
      conversation.queue === null ? [] : [{ ...conversation.queue, id: conversation.id, conversation }],
    );
    const front = waiting.sort(inQueueOrder).slice(0, MOST_WAITING);
    return { page: front.map(({ conversation }) => conversation), next: null };
  };
  const listPage = async (filter: InboxFilter, cursor: string | undefined): Promise<Page> => {
    const found = await store.list(filter, readCursor(cursor), PAGE + 1);
    const page = found.slice(0, PAGE);
    const last = page.at(-1);
    return { page, next: found.length > PAGE && last !== undefined ? writeCursor(last) : null };
  };

  const readCard = async (conversation: Conversation, newest: readonly Message[]) => {
    const [profiles, here, archived] = await Promise.all([
      deps.describeContacts([conversation.contact]),
      deps.listOf(conversation.contact),
      deps.archive?.listEarlier(conversation.contact) ?? [],
    ]);
    const profile = profiles.get(conversation.contact);
    const away = archived.filter(({ id }) => here.every((one) => one.id !== id));
    const all = [...here.map(presentEarlier), ...away];
    const tickets = await deps.listTickets(all.map(({ id }) => id));
    const named = [...newest].reverse().flatMap((one) => presentUnderstanding(one, titleOf)?.entities ?? []);
    const entities = new Map(named.map((entity) => [`${entity.type}:${entity.value}`, entity]));
    return {
      name: profile?.name ?? null,
      label: labelOf(conversation.contact),
      appVersion: profile?.appVersion ?? null,
      platform: profile?.platform ?? null,
      sealed: profile?.sealed ?? [],
      entities: [...entities.values()],
      conversations: all.filter(({ id }) => id !== conversation.id),
      tickets,
    };
  };

  return {
    get,
    row,
    present: async (message) => (await presentAll(message.conversation, [message]))[0]!,
    async list(query, me) {
      const { view, q = '', cursor, from, to, ...rest } = query;
      const numbers = q === '' ? [] : await deps.wordsForNumber(q);
      const words = numbers.length > 0 ? numbers : searchWords(q);
      const filter = {
        ...rest,
        view,
        me,
        words,
        from: from === undefined ? undefined : new Date(momentOf(from, '00:00')),
        to: to === undefined ? undefined : new Date(momentOf(to, '24:00')),
      };
      const [{ page, next }, waiting, mine, tickets] = await Promise.all([
        view === 'queue' ? listQueue(filter) : listPage(filter, cursor),
        store.listWaiting(),
        store.listHeld(),
        words.length > 0 && cursor === undefined ? deps.findTickets(q) : [],
      ]);
      const presented = await rows(page);
      const texts = await Promise.all(page.map(({ id }) => (words.length > 0 ? findText(id, words) : null)));
      return {
        conversations: presented.map((one, at) => ({ ...one, found: texts[at] ?? null })),
        tickets,
        cursor: next,
        counts: { queue: waiting.length, mine: mine.filter(({ agent }) => agent === me).length },
      };
    },
    async open(id, after, me) {
      const conversation = await get(id);
      const [page, noteList, draft] = await Promise.all([
        conversations.read(id, after === undefined ? {} : { after }),
        notes.list(id),
        notes.findDraft(id, me),
      ]);
      const newest =
        after === undefined
          ? page.messages
          : await messages.listBefore(id, Number.POSITIVE_INFINITY, CARD_MESSAGES);
      return {
        conversation: await row(conversation, newest),
        messages: await presentAll(id, page.messages),
        hasMore: page.hasMore,
        notes: noteList,
        contact: await readCard(conversation, newest),
        deliveredSeq: conversation.deliveredSeq,
        readSeq: conversation.readSeq,
        draft,
      };
    },
    async readHistory(id, before) {
      const page = await conversations.read(id, { before });
      return { messages: await presentAll(id, page.messages), hasMore: page.hasMore };
    },
    async change(id, change, by) {
      const before = await get(id);
      if (change.kind === 'take-over' || change.kind === 'join') {
        await deps.audit({
          actor: by,
          address: by.address,
          action: change.kind === 'join' ? 'conversation.joined' : 'conversation.takenOver',
          subject: `conversation:${id}`,
          details: { from: before.handling?.agent.name ?? null },
        });
      }
      return row(await conversations.change(id, change));
    },
    async say({ id, clientId, text, attachments = [] }, by, origin) {
      await get(id);
      const { id: account, name } = by;
      const said = { clientId, text, attachments };
      const message = await conversations.say(id, said, { id: account, name }, origin);
      return presentStaffMessage(message, titleOf, []);
    },
    async note({ id, clientId, text, whisper }, by) {
      await get(id);
      const after = (await lastOf(id))?.seq ?? 0;
      const author = { id: by.id, name: by.name };
      return notes.add({ conversation: id, author, text, whisper, at: now(), after }, clientId);
    },
    async reveal(id, seq, by) {
      await getForReveal(id, by);
      const message = await messages.find(id, seq);
      if (message === null) throw new AppError({ code: 'message_not_found', message: `${id}#${seq}` });
      const values = await deps.revealValues(id, message.clientId);
      await logReveal(
        by,
        `conversation:${id}#${seq}`,
        values.map(({ type }) => type),
      );
      return { values };
    },
    async revealContact(id, by) {
      const { contact } = await getForReveal(id, by);
      const values = await deps.revealContact(contact);
      await logReveal(
        by,
        `contact:${contact}`,
        values.map(({ type }) => type),
      );
      return { values };
    },
    saveDraft: (id, text, me) => notes.saveDraft(id, me, text, now()),
    async tell(told) {
      // Whatever it was: nobody works with it.
      const conversation = { ...told.conversation, status: 'closed', queue: null, handling: null } as const;
      const newest = told.messages.slice(-CARD_MESSAGES);
      return {
        conversation: await row(conversation, newest),
        messages: await presentAll(conversation.id, told.messages),
        notes: told.notes,
        contact: await readCard(conversation, newest),
      };
    },
  };
}

const writeCursor = ({ activeAt, id }: Conversation): string => `${activeAt.getTime()}.${id}`;

/** A cursor that cannot be read begins at the beginning. */
function readCursor(cursor: string | undefined): { activeAt: Date; id: string } | null {
  const [, at, id] = /^(\d{1,16})\.([0-9a-f]{24})$/.exec(cursor ?? '') ?? [];
  return at === undefined || id === undefined ? null : { activeAt: new Date(Number(at)), id };
}

/** The editors' inbox on a real store: what is gathered, what is made of it, and how that is taken back. */
import { type Connection, createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createConfirmedQuestions } from '../../src/curation/unanswered/confirmed.ts';
import { createConfirmedStore } from '../../src/curation/unanswered/confirmed-store.ts';
import type { Looked, SaidMessage } from '../../src/curation/unanswered/find-misses.ts';
import {
  type ApiQuestion,
  createGathering,
  type Gathering,
} from '../../src/curation/unanswered/gathering.ts';
import { createGroupStore, createProgressStore } from '../../src/curation/unanswered/group-store.ts';
import { createMarkStore } from '../../src/curation/unanswered/mark-store.ts';
import { type AnswerMarks, createAnswerMarks } from '../../src/curation/unanswered/marks.ts';
import { createMissStore, type MissStore } from '../../src/curation/unanswered/miss-store.ts';
import {
  createUnanswered,
  type DraftDoor,
  type Unanswered,
  type UnansweredDeps,
} from '../../src/curation/unanswered/unanswered.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { searchWords } from '../../src/kernel/search-words.ts';
import { ensureIndexes } from '../../src/storage/ensure-indexes.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const LAN = { id: 'a'.repeat(24), name: 'Lan' };
const MINUTE_MS = 60_000;
const OPEN = { state: 'open', q: '', page: 1 } as const;

let database: TestDatabase;
let connection: Connection;
let clock: number;
let misses: MissStore;
let gathering: Gathering;
let unanswered: Unanswered;
let marks: AnswerMarks;
let confirmed: ReturnType<typeof createConfirmedQuestions>;
/** What stands in the desk's conversations, by their ids. */
let said: Map<string, Looked & { readonly activeAt: Date }>;
let api: ApiQuestion[];
let fates: Map<string, 'published' | 'discarded'>;
/** Phrases of the draft by intent. */
let draft: Map<string, Set<string>>;

const now = (): Date => new Date(clock);
const logger = createLogger('silent');

const drafts: DraftDoor = {
  choose: async (wanted) => wanted ?? 'd'.repeat(24),
  async addPhrases(_, intent, phrases) {
    const known = draft.get(intent) ?? new Set();
    draft.set(intent, known);
    const added = phrases.filter((phrase) => !known.has(phrase));
    for (const phrase of added) known.add(phrase);
    return added;
  },
  async removePhrases(_, intent, phrases) {
    for (const phrase of phrases) draft.get(intent)?.delete(phrase);
  },
  addEntry: async (_, { id }) => void draft.set(`entry ${id}`, new Set()),
  removeEntry: async (_, id) => void draft.delete(`entry ${id}`),
  async saveWord(_, { word, forms }) {
    draft.set(`word ${word}`, new Set(forms));
    return { unit: `abbreviation:${word}`, before: null };
  },
  restoreWord: async (_, { unit }) => void draft.delete(`word ${unit.split(':')[1]}`),
};

beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
});
afterAll(async () => {
  await connection.destroy();
  await database.drop();
});

const stores = () => ({
  misses: createMissStore(connection),
  groups: createGroupStore(connection),
  progress: createProgressStore(connection),
  marks: createMarkStore(connection),
  confirmed: createConfirmedStore(connection),
});
let made: ReturnType<typeof stores>;

/** A node of the desk, on the same store as the others. */
function startGathering(): Gathering {
  return createGathering({
    settled: { quietMs: 0, mostMs: 0 },
    ...made,
    look: async (id) => said.get(id) ?? null,
    listActive: async (after, until, most) =>
      [...said.values()]
        .map(({ id, activeAt: at }) => ({ id, at }))
        .filter(
          ({ at, id }) =>
            at <= until && (after === null || at > after.at || (+at === +after.at && id > after.id)),
        )
        .sort((a, b) => +a.at - +b.at || (a.id < b.id ? -1 : 1))
        .slice(0, most),
    listUnknown: async () => api,
    markTaken: async (ids) => {
      api = api.filter(({ id }) => !ids.includes(id));
    },
    listProposed: async () => [],
    markProposed: async () => undefined,
    fateOf: async () => fates,
    engine,
    isStoreUp: () => true,
    logger,
    now,
  });
}
const engine: UnansweredDeps['engine'] = {
  read: (text) => ({ words: searchWords(text), understood: text }),
  rank: (text) => [{ intent: text.includes('thẻ') ? 'card.view' : 'lookup.office', confidence: 0.4 }],
  release: () => 1,
};

beforeEach(async () => {
  if (made === undefined) {
    made = stores();
    await ensureIndexes(connection, logger);
  }
  for (const { collectionName } of Object.values(connection.collections))
    await database.client.db().collection(collectionName).deleteMany({});
  clock = Date.parse('2026-11-20T03:00:00Z');
  said = new Map();
  api = [];
  fates = new Map();
  draft = new Map();
  misses = made.misses;
  gathering = startGathering();
  confirmed = createConfirmedQuestions({ store: made.confirmed, now });
  unanswered = createUnanswered({
    ...made,
    drafts,
    confirmed,
    readAround: async (id, seq, before, behind) =>
      (said.get(id)?.messages ?? []).filter((one) => one.seq >= seq - before && one.seq <= seq + behind),
    titleOf: (intent) => intent,
    engine,
    now,
  });
  marks = createAnswerMarks({
    store: made.marks,
    confirmed,
    findAnswer: async (id, seq) => {
      const question = said.get(id)?.messages.find((one) => one.seq === seq - 1);
      return question === undefined ? null : { intent: 'card.view', question: question.text };
    },
    lookAt: async (id) => {
      const looked = said.get(id)!;
      said.set(id, {
        ...looked,
        marks: new Map((await made.marks.listOf(id)).map((one) => [one.seq, one.mark])),
      });
      await gathering.lookAt(id);
    },
    tell: async () => undefined,
    now,
  });
});

/** A contact asks, and the bot answers. */
function ask(
  id: string,
  text: string,
  decision: 'answer' | 'clarify' | 'unknown' = 'unknown',
  rest: Partial<SaidMessage> = {},
): void {
  const message = { at: now(), replyTo: null, helpful: null, ratedWhy: null, asked: null } as const;
  const asked = { decision, intent: null, choice: null, isQuestion: true };
  said.set(id.padEnd(24, '0'), {
    id: id.padEnd(24, '0'),
    person: `person ${id}`,
    isClosed: false,
    activeAt: now(),
    handovers: [],
    marks: new Map(),
    proposals: new Map(),
    messages: [
      { ...message, seq: 1, author: 'contact', text, asked },
      { ...message, seq: 2, author: 'bot', text: 'Dạ …', replyTo: 1, ...rest },
    ],
  });
  gathering.note(id.padEnd(24, '0'));
}
const heads = async (query: Partial<Parameters<Unanswered['list']>[0]> = {}): Promise<string[]> =>
  (await unanswered.list({ ...OPEN, ...query })).groups.map(
    ({ summary }) => `${summary.head} ${summary.people}`,
  );
const first = async (): Promise<string> => (await unanswered.list(OPEN)).groups[0]!.id;

describe('gathering', () => {
  it('puts what several people ask into one group, the dearest first', async () => {
    ask('1', 'đổi bằng lái');
    ask('2', 'lương hưu tháng này khi nào có');
    ask('3', 'luong huu thang nay khi nao co vay');
    api = [{ id: 'e'.repeat(24), at: now(), text: 'luong huu thang nay' }];
    await gathering.tick();
    expect(await heads()).toEqual(['lương hưu tháng này khi nào có 3', 'đổi bằng lái 1']);
    expect(await heads({ q: 'bang' })).toEqual(['đổi bằng lái 1']);
    expect(await heads({ signal: 'wrong' })).toEqual([]);
  });

  it('finds again what a break left out, once, whichever node looks', async () => {
    ask('1', 'đổi bằng lái');
    gathering = startGathering();
    clock += 33 * MINUTE_MS;
    const other = startGathering();
    await Promise.all([gathering.tick(), other.tick()]);
    await gathering.tick();
    expect(await heads()).toEqual(['đổi bằng lái 1']);
    expect((await unanswered.open(await first())).samples).toHaveLength(1);
  });

  it('notices the one who was asked back and went, and the rating that came late', async () => {
    ask('1', 'xem thẻ', 'clarify');
    await gathering.tick();
    expect(await heads()).toEqual([]);
    clock += 33 * MINUTE_MS;
    await gathering.tick();
    expect(await heads({ signal: 'clarified' })).toEqual(['xem thẻ 1']);
    ask('2', 'đổi bằng lái', 'answer', { helpful: false, ratedWhy: 'unclear' });
    gathering = startGathering();
    clock += 25 * 60 * MINUTE_MS;
    await gathering.tick();
    expect(await heads({ signal: 'unhelpful' })).toEqual(['đổi bằng lái 1']);
  });

  it('notices the one who was asked back about a single syllable, not before it is clear that they went', async () => {
    ask('1', 'sổ', 'clarify');
    ask('2', 'sổ', 'clarify');
    for (const minutes of [0, 31]) {
      clock += minutes * MINUTE_MS;
      await gathering.tick();
      expect(await heads()).toEqual([]);
    }
    clock += MINUTE_MS;
    await gathering.tick();
    expect(await heads({ signal: 'clarified' })).toEqual(['sổ 2']);
  });

  it('lets go of what was well after all', async () => {
    ask('1', 'đổi bằng lái', 'answer', { helpful: false });
    await gathering.tick();
    ask('1', 'đổi bằng lái', 'answer', { helpful: true });
    await gathering.tick();
    expect(await heads()).toEqual([]);
  });

  it('keeps the wording but not the link when a contact is erased', async () => {
    ask('1', 'đổi bằng lái');
    await gathering.tick();
    await misses.forgetConversation('1'.padEnd(24, '0'));
    const { samples } = await unanswered.open(await first());
    expect(samples).toMatchObject([
      { miss: { text: 'đổi bằng lái', conversation: null, seq: null }, excerpt: [] },
    ]);
    expect(JSON.stringify(await database.client.db().collection('misses').find().toArray())).not.toContain(
      '1000000',
    );
  });
});

describe('what is made of a group', () => {
  const TEXT = 'lương hưu tháng này khi nào có';
  const OTHER = 'luong huu thang nay chua co';
  let id: string;
  beforeEach(async () => {
    ask('1', TEXT);
    ask('2', OTHER);
    await gathering.tick();
    id = await first();
  });

  it('shows its wordings and what was said around them', async () => {
    const { wordings, samples } = await unanswered.open(id);
    expect(wordings.map(({ text }) => text).sort()).toEqual([OTHER, TEXT].sort());
    expect(samples[0]?.excerpt.map(({ author }) => author)).toEqual(['contact', 'bot']);
  });

  it('becomes phrases of an intent and questions that are held out, and is open again when that is undone', async () => {
    draft.set('card.view', new Set(['xem thẻ']));
    const request = { intent: 'card.view', phrases: [TEXT, 'xem thẻ'], heldOut: [OTHER, TEXT] };
    const group = await unanswered.teach(id, request, LAN);
    expect(group).toMatchObject({
      state: 'drafted',
      acts: [{ kind: 'taught', added: [TEXT], heldOut: [OTHER] }],
    });
    expect([...draft.get('card.view')!]).toEqual(['xem thẻ', TEXT]);
    expect(await confirmed.listConfirmed()).toEqual([{ text: OTHER, intent: 'card.view' }]);
    expect(await heads()).toEqual([]);

    expect((await unanswered.undo(id, LAN)).state).toBe('open');
    expect([...draft.get('card.view')!]).toEqual(['xem thẻ']);
    expect(await confirmed.listConfirmed()).toEqual([]);
    await expect(unanswered.undo(id, LAN)).rejects.toMatchObject({ code: 'nothing_to_undo' });
  });

  it('is done when its draft is published, and open again when that is discarded', async () => {
    await unanswered.teach(id, { intent: 'none', phrases: [TEXT], heldOut: [] }, LAN);
    fates.set('d'.repeat(24), 'discarded');
    await gathering.tick();
    expect(await unanswered.countOpen()).toBe(1);
    fates.clear();
    await unanswered.teach(id, { intent: 'none', phrases: [TEXT], heldOut: [] }, LAN);
    fates.set('d'.repeat(24), 'published');
    await gathering.tick();
    expect((await unanswered.list({ ...OPEN, state: 'done' })).total).toBe(1);

    clock += MINUTE_MS;
    ask('3', TEXT);
    ask('4', TEXT);
    await gathering.tick();
    expect((await unanswered.list(OPEN)).groups).toMatchObject([{ id, returned: true }]);
  });

  it('becomes an entry, or a word, and neither when it is undone', async () => {
    const entry = { id: 'lookup.pension', title: 'Lương hưu' } as Parameters<
      Unanswered['addEntry']
    >[1]['entry'];
    await unanswered.addEntry(id, { entry, phrases: [TEXT], heldOut: [] }, LAN);
    await unanswered.addWord(id, { kind: 'abbreviation', word: 'lh', forms: ['lương hưu'] }, LAN);
    expect([...draft.keys()]).toEqual(['entry lookup.pension', 'lookup.pension', 'word lh']);
    await unanswered.undo(id, LAN);
    expect((await unanswered.undo(id, LAN)).state).toBe('open');
    expect(draft).toEqual(new Map([['lookup.pension', new Set()]]));
  });

  it('is ignored until three times as many ask in a week', async () => {
    await unanswered.ignore(id, 'không thuộc phạm vi', LAN);
    clock += MINUTE_MS;
    for (const one of ['3', '4', '5', '6', '7']) ask(one, TEXT);
    await gathering.tick();
    expect(await heads()).toEqual([]);
    ask('8', TEXT);
    await gathering.tick();
    expect((await unanswered.list(OPEN)).groups).toMatchObject([{ returned: true, summary: { people: 8 } }]);
  });

  it.each(['teach', 'ignore', 'undo', 'open'] as const)(
    'says so when there is no such group: %s',
    async (act) => {
      const none = 'f'.repeat(24);
      const doing = {
        teach: () => unanswered.teach(none, { intent: 'none', phrases: ['x'], heldOut: [] }, LAN),
        ignore: () => unanswered.ignore(none, 'x', LAN),
        undo: () => unanswered.undo(none, LAN),
        open: () => unanswered.open(none),
      }[act];
      await expect(doing()).rejects.toMatchObject({ code: 'group_not_found' });
    },
  );
});

describe('marks', () => {
  const conversation = '1'.padEnd(24, '0');
  beforeEach(() => ask('1', 'xem thẻ ở đâu', 'answer'));

  it('makes a wrong answer a question to look at, and a right one a question to keep', async () => {
    await marks.mark({ conversation, seq: 2, mark: 'wrong' }, LAN);
    await gathering.tick();
    expect(await heads({ signal: 'wrong' })).toEqual(['xem thẻ ở đâu 1']);
    expect(await marks.listOf(conversation)).toEqual(new Map([[2, { mark: 'wrong', by: LAN }]]));

    await marks.mark({ conversation, seq: 2, mark: 'right' }, LAN);
    await gathering.tick();
    expect(await heads()).toEqual([]);
    expect(await confirmed.listConfirmed()).toEqual([{ text: 'xem thẻ ở đâu', intent: 'card.view' }]);

    await marks.mark({ conversation, seq: 2, mark: null }, LAN);
    expect(await confirmed.listConfirmed()).toEqual([]);
    expect(await marks.listOf(conversation)).toEqual(new Map());
  });

  it('refuses what is no answer', async () => {
    await expect(marks.mark({ conversation, seq: 9, mark: 'wrong' }, LAN)).rejects.toMatchObject({
      code: 'message_not_found',
    });
  });

  it('finds confirmed questions by words and takes them out', async () => {
    await confirmed.confirm(['quên mật khẩu', 'đổi mật khẩu'], 'password.forgot', LAN);
    const { questions, total } = await confirmed.search('doi mat', 1, 50);
    expect([total, questions[0]?.text]).toEqual([1, 'đổi mật khẩu']);
    await confirmed.remove(questions[0]!.id);
    await expect(confirmed.remove(questions[0]!.id)).rejects.toMatchObject({ code: 'question_not_found' });
    expect(await confirmed.listConfirmed()).toHaveLength(1);
  });
});

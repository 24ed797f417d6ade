/** The editors' room over a real store, with releases that a test makes live. */
import { type Connection, createConnection } from 'mongoose';
import { doAtOnce } from '../../src/answering/pieces.ts';
import { prepareComparison } from '../../src/answering/reading/compare-lexicons.ts';
import { CORPUS_RULES } from '../../src/app/curation-desk.ts';
import { createPersonalFinder } from '../../src/app/personal-finder.ts';
import type { Corpus } from '../../src/corpus/corpus.ts';
import type { LiveContent } from '../../src/curation/corpus-rules.ts';
import { createDraftEdits } from '../../src/curation/draft-edits.ts';
import { createDraftStore } from '../../src/curation/draft-store.ts';
import { createDrafts } from '../../src/curation/drafts.ts';
import { createEntries } from '../../src/curation/entries.ts';
import { createLexiconDesk } from '../../src/curation/lexicon.ts';
import { createPhrases, type LiveDecision } from '../../src/curation/phrases.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

export const LAN = { id: 'a'.repeat(24), name: 'Lan', address: '127.0.0.1' };
export const MINH = { id: 'b'.repeat(24), name: 'Minh', address: '127.0.0.1' };
export const NOON = new Date('2026-11-30T05:00:00Z');

export async function openCurationRoom(corpus: Corpus) {
  const database: TestDatabase = await openDatabase();
  const connection: Connection = await createConnection(database.uri).asPromise();
  const store = createDraftStore(connection);
  await connection.model('CorpusDraft').createIndexes();
  const releases: Corpus[] = [corpus];
  const getRelease = async (number: number): Promise<LiveContent> => ({
    number,
    corpus: releases[number - 1]!,
  });
  const readLive = () => getRelease(releases.length);
  const audited: { action: string; subject: string; actor: { name: string } }[] = [];
  const asked: string[] = [];
  const rules = CORPUS_RULES;
  const now = () => NOON;
  const edits = createDraftEdits({ store, readLive, rules, now });
  const listPictures = async () => new Set(['card-last-ten-digits.svg']);
  return {
    store,
    edits,
    audited,
    asked,
    drafts: createDrafts({
      store,
      edits,
      readLive,
      rules,
      listPictures,
      audit: async (entry) => audited.push(entry),
      now,
    }),
    entries: createEntries({
      edits,
      listOpen: store.listOpen,
      rules,
      listUse: async () => new Map([['card.view', { asked: 9, helpful: 2, unhelpful: 4, wrong: 1 }]]),
      listPictures,
      getRelease,
      now,
    }),
    phrases: createPhrases({
      edits,
      rules,
      ask: () => DECISION,
      isTestQuestion: (text) => text === 'câu của bài kiểm tra',
      findPersonal: createPersonalFinder(),
    }),
    lexicon: createLexiconDesk({
      edits,
      rules,
      listAsked: async () => asked,
      compareReadings: async (live, before, after) =>
        doAtOnce(prepareComparison(live.intents.flatMap(({ phrases }) => phrases)))(before, after),
    }),
    goLive: (next: Corpus) => {
      releases.push(next);
    },
    async empty() {
      releases.length = 1;
      audited.length = 0;
      asked.length = 0;
      await connection.model('CorpusDraft').deleteMany({});
    },
    async close() {
      await connection.destroy();
      await database.drop();
    },
  };
}
export type CurationRoom = Awaited<ReturnType<typeof openCurationRoom>>;

const DECISION: LiveDecision = {
  decision: 'clarify',
  intent: null,
  confidence: 0.41234,
  candidates: [{ intent: 'card.view', confidence: 0.41234 }],
  understood: 'xem thẻ',
  explain: {
    words: [
      { word: 'xem', by: 'typed' },
      { word: 'thẻ', by: 'repaired' },
    ],
    phrases: [{ text: 'xem thẻ', intent: 'card.view', similarity: 0.9 }],
  },
};

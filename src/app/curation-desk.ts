/** Curation put together: drafts of the corpus, and what is changed in them. */
import {
  type CompareLexicons,
  type Lexicon,
  prepareComparison,
} from '../answering/reading/compare-lexicons.ts';
import type { AnswerBook } from '../corpus/answer-book.ts';
import { findFaults, phraseKey, topicOf } from '../corpus/check-corpus.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { applyChanges, effectOf, phrasesOf, standingOf } from '../corpus/corpus-changes.ts';
import { keyOf, sameValue, unitsOf } from '../corpus/corpus-units.ts';
import { doBetween } from '../corpus/engine-image.ts';
import { listPictures } from '../corpus/load-corpus.ts';
import { readMeasure } from '../corpus/read-measure.ts';
import type { Releases } from '../corpus/releases.ts';
import type { CorpusRules, LiveContent } from '../curation/corpus-rules.ts';
import { createDraftEdits } from '../curation/draft-edits.ts';
import { createDraftStore } from '../curation/draft-store.ts';
import { createDraftRoutes } from '../curation/drafts.routes.ts';
import { createDrafts, type Drafts, type DraftsDeps } from '../curation/drafts.ts';
import { createEntryRoutes } from '../curation/entries.routes.ts';
import { createEntries, type EntriesDeps } from '../curation/entries.ts';
import { createLexiconRoutes } from '../curation/lexicon.routes.ts';
import { createLexiconDesk } from '../curation/lexicon.ts';
import { createPhraseTableRoutes } from '../curation/phrase-table.routes.ts';
import { createPhraseTables } from '../curation/phrase-table.ts';
import { createPhrases } from '../curation/phrases.ts';
import type { QuestionLogStore } from '../curation/question-log-store.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Storage } from '../storage/storage.ts';
import { createDoctorDesk, type DoctorDeskDeps } from './doctor-desk.ts';
import { createDraftDoor } from './draft-door.ts';
import { createPersonalFinder } from './personal-finder.ts';
import { createPublishingDesk, type PublishingDeskDeps } from './publishing-desk.ts';

export const CORPUS_RULES: CorpusRules = {
  applyChanges,
  standingOf,
  effectOf,
  phrasesOf,
  unitsOf,
  sameValue,
  keyOf,
  findFaults,
  phraseKey,
  topicOf,
};

export interface CurationDeskDeps
  extends Pick<
      PublishingDeskDeps,
      | 'images'
      | 'workshop'
      | 'look'
      | 'needsApproval'
      | 'listConfirmed'
      | 'onChecked'
      | 'lease'
      | 'isStoreUp'
      | 'now'
      | 'logger'
    >,
    Pick<DoctorDeskDeps, 'readFiles' | 'release'> {
  readonly connection: Storage['connection'];
  /** Folder that holds the images of answers, and the questions that releases are judged by. */
  readonly root: string;
  readonly releases: Releases;
  readonly questions: Pick<QuestionLogStore, 'listTexts'>;
  readonly book: () => AnswerBook;
  readonly audit: DraftsDeps['audit'] & PublishingDeskDeps['audit'];
  /** Left out: nothing is known of it. */
  readonly listUse?: EntriesDeps['listUse'];
}

export interface CurationDesk {
  readonly drafts: Drafts;
  readonly door: ReturnType<typeof createDraftDoor>;
  readonly routes: readonly StaffRoute[];
  /** From now on what is due is published. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** Of the questions asked lately so many show what another lexicon would change. */
const ASKED = 500;

/** To be made before the store opens: it declares collections. */
export function createCurationDesk(deps: CurationDeskDeps): CurationDesk {
  const { releases } = deps;
  const draftStore = createDraftStore(deps.connection);
  const readLive = createLiveReader(releases);
  const edits = createDraftEdits({ store: draftStore, readLive, rules: CORPUS_RULES });
  const pictures = () => listPictures(deps.root);
  const drafts = createDrafts({
    store: draftStore,
    edits,
    readLive,
    rules: CORPUS_RULES,
    listPictures: pictures,
    audit: deps.audit,
  });
  const findPersonal = createPersonalFinder();
  const phrases = createPhrases({
    findPersonal,
    edits,
    rules: CORPUS_RULES,
    ask: (text) => deps.book().ask({ text, explain: true }).decision,
    isTestQuestion: createTestQuestions(deps.root),
  });
  const entries = createEntries({
    edits,
    listOpen: draftStore.listOpen,
    rules: CORPUS_RULES,
    listUse: deps.listUse ?? (async () => new Map()),
    listPictures: pictures,
    getRelease: releases.get,
  });
  const lexicon = createLexiconDesk({
    edits,
    rules: CORPUS_RULES,
    listAsked: () => deps.questions.listTexts(ASKED),
    compareReadings: createReadingComparison(),
  });
  const publishing = createPublishingDesk({ ...deps, drafts });
  const doctor = createDoctorDesk(deps);
  return {
    drafts,
    start: publishing.start,
    async stop() {
      await publishing.stop();
      await doctor.stop();
    },
    door: createDraftDoor({ drafts, phrases, entries, lexicon, phraseKey }),
    routes: [
      ...publishing.routes,
      ...doctor.routes,
      ...createDraftRoutes({ drafts }),
      ...createEntryRoutes({ entries, phrases }),
      ...createLexiconRoutes({ lexicon }),
      ...createPhraseTableRoutes({ edits, phrases, tables: createPhraseTables(CORPUS_RULES, findPersonal) }),
    ],
  };
}

/** A release never changes: the live one is read once, and its number each time. */
export function createLiveReader(releases: CurationDeskDeps['releases']): () => Promise<LiveContent> {
  let known: LiveContent | null = null;
  return async () => {
    const number = (await releases.findLive())?.number;
    if (number === undefined)
      throw new AppError({ code: 'store_unavailable', message: 'no release is live yet' });
    if (known?.number !== number) known = { number, corpus: (await releases.get(number)).corpus };
    return known;
  };
}

function createTestQuestions(root: string): (text: string) => Promise<boolean> {
  const read = async (): Promise<ReadonlySet<string>> =>
    new Set((await readMeasure(root)).map(({ text }) => phraseKey(text)));
  let keys: Promise<ReadonlySet<string>> | undefined;
  return async (text) => {
    keys ??= read();
    return (await keys).has(phraseKey(text));
  };
}

function createReadingComparison() {
  const prepared = new WeakMap<Corpus, Promise<CompareLexicons>>();
  return async (live: Corpus, before: Lexicon, after: Lexicon) => {
    const phrases = live.intents.flatMap((intent) => intent.phrases);
    const compare = prepared.get(live) ?? doBetween(prepareComparison(phrases));
    prepared.set(live, compare);
    return (await compare)(before, after);
  };
}

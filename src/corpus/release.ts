/** A release: an immutable, numbered snapshot of the corpus. The type, its stored content and its rules; pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { OutcomeTotals } from '../contracts/corpus-releases.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Corpus } from './corpus.ts';
import {
  calibrationFile,
  frontMatter,
  lexiconFile,
  phraseFile,
  placesFile,
  sourcesFile,
} from './corpus-schema.ts';
import { tidyEntry, withoutMissing } from './faq-entry.ts';

export interface Release {
  /** From 1 on. */
  readonly number: number;
  readonly at: Date;
  /** Where it came from, for people. */
  readonly note: string;
  readonly checksum: string;
  readonly corpus: Corpus;
}

/** Which release answers, from when on, and which one is to be made ready. */
export interface LiveRelease {
  readonly number: number;
  /** May lie ahead for a moment: all nodes go over at the same time. */
  readonly at: Date;
  readonly next: number | null;
}

/** What lists show of a release, and how it came about. */
export interface ReleaseSummary {
  readonly at: Date;
  /** Who published it; null: the desk itself, from files. */
  readonly by: string | null;
  /** Who gave it the time at which the desk published it; null: nobody did. */
  readonly scheduledBy: string | null;
  readonly notes: string;
  readonly entries: number;
  readonly phrases: number;
  /** That it was made of. */
  readonly draft: string | null;
  /** Who answered for questions that it loses. */
  readonly answeredFor: string | null;
  /** How the regression questions fared. */
  readonly totals: OutcomeTotals | null;
}

/** Lists of pairs where the corpus has maps: words and ids hold dots, which a database does not take for keys. */
const words = z.array(z.strictObject({ word: z.string(), forms: z.array(z.string()) }));
const content = z.strictObject({
  intents: phraseFile,
  faq: z.array(frontMatter.extend({ markdown: z.string() })),
  topics: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  documents: z.array(z.strictObject({ letter: z.string(), ...sourcesFile.valueType.shape })),
  lexicon: z.strictObject({ ...lexiconFile.shape, abbreviations: words, misspellings: words }),
  places: placesFile,
  calibration: calibrationFile.pick({ bias: true, weights: true }),
  gates: calibrationFile.shape.gates,
});

/** A corpus as it is stored: plain objects and lists only. */
export type ReleaseContent = z.infer<typeof content>;

const FORMAT = 1;

const record = z.object({
  number: z.int().min(1),
  at: z.date(),
  note: z.string(),
  checksum: z.string(),
  content,
});

/** What a store keeps of a release. `format` says how `content` is written. */
export interface ReleaseRecord {
  readonly number: number;
  readonly at: Date;
  readonly note: string;
  readonly checksum: string;
  readonly format: number;
  readonly content: ReleaseContent;
}

/** Everything a store needs to keep of a new release. */
export function toRecord(corpus: Corpus, number: number, at: Date, note: string): ReleaseRecord {
  return { number, at, note, checksum: checksumOf(corpus), format: FORMAT, content: toContent(corpus) };
}

/**
 * A release from what a store gave back.
 * @throws AppError `bad_release` that says what is wrong with it
 */
export function parseRelease(stored: unknown): Release {
  const { number = '?', format } = (stored ?? {}) as { number?: unknown; format?: unknown };
  const refuse = (why: string, cause?: unknown): AppError =>
    new AppError({ code: 'bad_release', message: `Release ${number} cannot be used: ${why}`, cause });
  if (format !== FORMAT) {
    throw refuse(
      `it is written in format ${format}, this program reads ${FORMAT}. Start the program that made it.`,
    );
  }
  const parsed = record.safeParse(stored);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`${issue?.path.map(String).join('.')} does not fit (${issue?.message}).`, parsed.error);
  }
  const corpus = toCorpus(parsed.data.content);
  if (checksumOf(corpus) !== parsed.data.checksum) throw refuse('it was changed after it was stored.');
  const { at, note, checksum } = parsed.data;
  return { number: parsed.data.number, at, note, checksum, corpus };
}

/** Equal for equal corpora: SHA-256, in hex, of all that is stored. */
export function checksumOf(corpus: Corpus): string {
  return createHash('sha256')
    .update(JSON.stringify(toContent(corpus)))
    .digest('hex');
}

/** Field by field, so that neither order nor extra fields of the source change the checksum. */
function toContent(corpus: Corpus): ReleaseContent {
  const { lexicon, calibration, gates } = corpus;
  return {
    intents: corpus.intents.map(({ intent, phrases }) => ({ intent, phrases: [...phrases] })),
    faq: corpus.faq.map(tidyEntry),
    topics: [...corpus.topics].map(([id, title]) => ({ id, title })),
    documents: [...corpus.documents].map(([letter, { title, publisher, date }]) => ({
      letter,
      title,
      publisher,
      date,
    })),
    lexicon: {
      abbreviations: toPairs(lexicon.abbreviations),
      misspellings: toPairs(lexicon.misspellings),
      synonyms: lexicon.synonyms.map((group) => [...group]),
      courtesies: [...lexicon.courtesies],
    },
    places: corpus.places.map(({ name, aliases, kind }) => ({ name, aliases: [...aliases], kind })),
    calibration: {
      bias: calibration.bias,
      weights: Object.fromEntries(
        Object.entries(calibration.weights).sort(([a], [b]) => (a < b ? -1 : 1)),
      ) as ReleaseContent['calibration']['weights'],
    },
    gates: { answer: gates.answer, clarify: gates.clarify, none: gates.none, offerShare: gates.offerShare },
  };
}

function toCorpus(stored: ReleaseContent): Corpus {
  return {
    intents: stored.intents,
    faq: stored.faq.map((entry) => ({ ...entry, variants: withoutMissing(entry.variants) })),
    topics: new Map(stored.topics.map(({ id, title }) => [id, title])),
    documents: new Map(stored.documents.map(({ letter, ...document }) => [letter, document])),
    lexicon: {
      abbreviations: fromPairs(stored.lexicon.abbreviations),
      misspellings: fromPairs(stored.lexicon.misspellings),
      synonyms: stored.lexicon.synonyms,
      courtesies: stored.lexicon.courtesies,
    },
    places: stored.places,
    calibration: stored.calibration,
    gates: stored.gates,
  };
}

function toPairs(forms: Readonly<Record<string, readonly string[]>>): { word: string; forms: string[] }[] {
  return Object.entries(forms).map(([word, list]) => ({ word, forms: [...list] }));
}

function fromPairs(pairs: readonly { word: string; forms: string[] }[]): Record<string, string[]> {
  return Object.fromEntries(pairs.map(({ word, forms }) => [word, forms]));
}

/** Faults of a corpus as problems of the files it was read from: file, line and remedy for the one who edits them. */
import { type CorpusFault, type FaultKind, findFaults, PICTURES_FOLDER } from './check-corpus.ts';
import type { ContentProblem, Corpus, FaqEntry, IntentPhrases } from './corpus.ts';

/** A value with the file it came from and the lines its parts stand on. */
export interface Located<T> {
  readonly value: T;
  readonly file: string;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

type Words = readonly [message: string, remedy: string];
const WORDS: Readonly<Record<FaultKind, (value: string, first: string) => Words>> = {
  'topic-unknown': (topic) => [
    `the topic ${topic} is unknown`,
    'add it to faq/topics.yaml or correct the id',
  ],
  untaught: (id) => [`no phrase leads to ${id}`, 'add an intent with phrases to intents/'],
  'related-unknown': (id) => [`related names no other entry: ${id}`, 'use the id of another file in faq/'],
  'document-unknown': (letter) => [
    `the document ${letter} is unknown`,
    'add it to faq/sources.yaml or correct the letter',
  ],
  'without-source': () => ['an answer needs a source', 'name the document that the answer rests on'],
  'without-answer': () => ['the answer is empty', 'write the answer under the front matter'],
  heading: () => ['headings are not shown', 'use a bold line instead'],
  html: () => ['HTML is not shown', 'use Markdown only; write [mã số] for a placeholder'],
  code: () => ['code blocks and tables are not shown', 'use a list'],
  'bold-open': () => ['a bold mark ** is left open', 'close it with a second **'],
  'bad-link': (address) => [`bad link: ${address}`, 'write the whole address, beginning with https://'],
  'image-not-alone': () => [
    'an image is not a paragraph of its own',
    'write ![what it shows](/media/name.svg) between two empty lines',
  ],
  'image-without-words': (address) => [
    `the image ${address} has no words`,
    'write what it shows between the square brackets',
  ],
  'bad-image': (address) => [
    `bad image: ${address}`,
    'write /media/name.svg, or the whole address, beginning with https://',
  ],
  'image-missing': (name) => [
    `there is no image /media/${name}`,
    `put ${name} into ${PICTURES_FOLDER}/ or correct the name`,
  ],
  unanswered: (intent) => [`${intent} has no answer`, `write faq/${intent}.md or correct the id`],
  'intent-twice': (intent, first) => [
    `${intent} stands in ${first} already`,
    'put all phrases of an intent in one place',
  ],
  'phrase-twice': (phrase, first) => [
    `the phrase "${phrase}" stands ${first}`,
    'keep it in one place: where people who write it most often mean it',
  ],
};

/** @param corpus made of `intents` and `faq`, in their order */
export function findFileProblems(
  corpus: Corpus,
  intents: readonly Located<IntentPhrases>[],
  faq: readonly Located<FaqEntry>[],
  pictures: ReadonlySet<string>,
): ContentProblem[] {
  const lists = { faq, intents };
  const lineAt = ({ list, index, path }: Pick<CorpusFault, 'list' | 'index' | 'path'>) => {
    const { file = '', lineOf } = lists[list][index] ?? {};
    return { file, line: lineOf?.(path) ?? 1 };
  };
  const sayFirst = ({ kind, index, first }: CorpusFault): string => {
    if (first === undefined) return '';
    const { file, line } = lineAt(first);
    if (kind === 'intent-twice') return `${file}:${line}`;
    const isSame = first.intent === corpus.intents[index]?.intent;
    return `${isSame ? 'twice' : `also under ${first.intent}`} (${file}:${line})`;
  };
  const misnamed = faq
    .filter(({ value, file }) => file !== `faq/${value.id}.md`)
    .map(({ value: { id }, file, lineOf }) => ({
      file,
      line: lineOf(['id']),
      message: `the id ${id} is not the file's name`,
      remedy: `name the file ${id}.md`,
    }));
  const found = findFaults(corpus, pictures).map((fault) => {
    const [message, remedy] = WORDS[fault.kind](fault.value, sayFirst(fault));
    return { ...lineAt(fault), message, remedy };
  });
  return [...misnamed, ...found];
}

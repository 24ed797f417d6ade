/** The rules that hold between corpus files: every intent answered, no phrase twice, no dead link. Pure. */
import { foldAccents } from '../answering/text/syllables.ts';
import { NONE } from '../answering/training-set.ts';
import type { ContentProblem, Corpus, FaqEntry, IntentPhrases } from './corpus.ts';

/** Where the images of answers are; `/media/` on the web. */
export const PICTURES_FOLDER = 'web-widget/public/media';

const IMAGES = /!\[[^[\]]*\]\([^()\s]*\)/g;
const IMAGE_ALONE = /^!\[([^[\]]*)\]\(([^()\s]+)\)$/;

/** A value with the file it came from and the lines its parts stand on. */
export interface Located<T> {
  readonly value: T;
  readonly file: string;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/**
 * @param pictures names of the files in `PICTURES_FOLDER`
 * @returns every rule that is broken, in the order of the files
 */
export function checkCorpus(
  corpus: Corpus,
  intents: readonly Located<IntentPhrases>[],
  faq: readonly Located<FaqEntry>[],
  pictures: ReadonlySet<string>,
): ContentProblem[] {
  return [...checkEntries(corpus, faq, pictures), ...checkIntents(corpus, intents), ...checkPhrases(intents)];
}

function checkEntries(
  corpus: Corpus,
  faq: readonly Located<FaqEntry>[],
  pictures: ReadonlySet<string>,
): ContentProblem[] {
  const problems: ContentProblem[] = [];
  const ids = new Set(faq.map(({ value }) => value.id));
  const taught = new Set(corpus.intents.map(({ intent }) => intent));
  for (const { value: entry, file, lineOf } of faq) {
    const say = (at: readonly PropertyKey[], message: string, remedy: string): void => {
      problems.push({ file, line: lineOf(at), message, remedy });
    };
    if (file !== `faq/${entry.id}.md`)
      say(['id'], `the id ${entry.id} is not the file's name`, `name the file ${entry.id}.md`);
    if (!corpus.topics.has(topicOf(entry.id))) {
      say(['id'], `the topic ${topicOf(entry.id)} is unknown`, 'add it to faq/topics.yaml or correct the id');
    }
    if (!taught.has(entry.id))
      say(['id'], `no phrase leads to ${entry.id}`, 'add an intent with phrases to intents/');
    entry.related.forEach((id, index) => {
      if (!ids.has(id) || id === entry.id) {
        say(['related', index], `related names no other entry: ${id}`, 'use the id of another file in faq/');
      }
    });
    entry.sources.forEach(({ doc }, index) => {
      if (!corpus.documents.has(doc)) {
        say(
          ['sources', index],
          `the document ${doc} is unknown`,
          'add it to faq/sources.yaml or correct the letter',
        );
      }
    });
    if (entry.kind === 'answer' && entry.sources.length === 0) {
      say(['sources'], 'an answer needs a source', 'name the document that the answer rests on');
    }
    if (entry.markdown === '')
      say(['markdown'], 'the answer is empty', 'write the answer under the front matter');
    for (const text of [entry.markdown, ...Object.values(entry.variants)]) {
      for (const fault of [...findMarkdownFaults(text), ...findImageFaults(text, pictures)])
        say(['markdown'], fault.message, fault.remedy);
    }
  }
  return problems;
}

function checkIntents(corpus: Corpus, intents: readonly Located<IntentPhrases>[]): ContentProblem[] {
  const problems: ContentProblem[] = [];
  const ids = new Set(corpus.faq.map(({ id }) => id));
  const seen = new Map<string, string>();
  for (const { value, file, lineOf } of intents) {
    const line = lineOf(['intent']);
    if (value.intent !== NONE && !ids.has(value.intent)) {
      const remedy = `write faq/${value.intent}.md or correct the id`;
      problems.push({ file, line, message: `${value.intent} has no answer`, remedy });
    }
    const before = seen.get(value.intent);
    if (before !== undefined) {
      const remedy = 'put all phrases of an intent in one place';
      problems.push({ file, line, message: `${value.intent} stands in ${before} already`, remedy });
    }
    seen.set(value.intent, `${file}:${line}`);
  }
  return problems;
}

function checkPhrases(intents: readonly Located<IntentPhrases>[]): ContentProblem[] {
  const problems: ContentProblem[] = [];
  const seen = new Map<string, { intent: string; place: string }>();
  for (const { value, file, lineOf } of intents) {
    value.phrases.forEach((phrase, index) => {
      const key = phraseKey(phrase);
      const before = seen.get(key);
      const line = lineOf(['phrases', index]);
      if (before !== undefined) {
        const where = before.intent === value.intent ? 'twice' : `also under ${before.intent}`;
        problems.push({
          file,
          line,
          message: `the phrase "${phrase}" stands ${where} (${before.place})`,
          remedy: 'keep it in one place: where people who write it most often mean it',
        });
      } else {
        seen.set(key, { intent: value.intent, place: `${file}:${line}` });
      }
    });
  }
  return problems;
}

/** Phrases are the same when they differ only in accents, capitals or punctuation. */
export function phraseKey(phrase: string): string {
  return foldAccents(phrase.normalize('NFC').toLowerCase())
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export function topicOf(id: string): string {
  return id.split('.')[0] ?? id;
}

interface Fault {
  readonly message: string;
  readonly remedy: string;
}

/** The widget shows paragraphs, lists, bold, https links and images; everything else would be shown raw. */
function findMarkdownFaults(markdown: string): Fault[] {
  const faults: Fault[] = [];
  const say = (message: string, remedy: string): void => {
    faults.push({ message, remedy });
  };
  if (/^#{1,6} /m.test(markdown)) say('headings are not shown', 'use a bold line instead');
  if (/<[a-z!/]/i.test(markdown))
    say('HTML is not shown', 'use Markdown only; write [mã số] for a placeholder');
  if (/```|^\|/m.test(markdown)) say('code blocks and tables are not shown', 'use a list');
  if (((markdown.match(/\*\*/g) ?? []).length & 1) === 1)
    say('a bold mark ** is left open', 'close it with a second **');
  for (const [, address = ''] of markdown.replace(IMAGES, '').matchAll(/\]\(([^)]*)\)/g)) {
    if (!isWebAddress(address)) {
      say(`bad link: ${address}`, 'write the whole address, beginning with https://');
    }
  }
  return faults;
}

/** An image is a paragraph of its own, has words for those who do not see it, and exists. */
function findImageFaults(markdown: string, pictures: ReadonlySet<string>): Fault[] {
  const faults: Fault[] = [];
  const say = (message: string, remedy: string): void => {
    faults.push({ message, remedy });
  };
  for (const paragraph of markdown.split(/(?:\r?\n[ \t]*){2,}/)) {
    if (!paragraph.includes('![')) continue;
    const [, words = '', address = ''] = IMAGE_ALONE.exec(paragraph) ?? [];
    const name = /^\/media\/([\w-]+\.\w+)$/.exec(address)?.[1];
    if (address === '') {
      const remedy = 'write ![what it shows](/media/name.svg) between two empty lines';
      say('an image is not a paragraph of its own', remedy);
    } else if (words.trim() === '') {
      say(`the image ${address} has no words`, 'write what it shows between the square brackets');
    } else if (name === undefined && !isWebAddress(address)) {
      say(`bad image: ${address}`, 'write /media/name.svg, or the whole address, beginning with https://');
    } else if (name !== undefined && !pictures.has(name)) {
      say(`there is no image ${address}`, `put ${name} into ${PICTURES_FOLDER}/ or correct the name`);
    }
  }
  return faults;
}

function isWebAddress(address: string): boolean {
  return address.startsWith('https://') && URL.canParse(address);
}

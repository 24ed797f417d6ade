/** A corpus as files that trains in no time: a desk that is killed again and again is to be back at once. */
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { ROOT } from '../support/corpus.ts';

const KEPT = [
  'password.forgot',
  'password.email',
  'card.view',
  'smalltalk.greeting',
  'smalltalk.thanks',
  'support.callback',
  'none',
];
const PHRASES = 20;
const MOST = 20;
const WHOLE = ['intents/calibration.yaml', 'faq/sources.yaml', 'faq/topics.yaml', 'faq/offices.yaml'];

/**
 * Writes a few of the product's own intents and answers.
 * @param root takes intents/, faq/ and the folders of pages and pictures
 * @param more intents beside the usual few
 * @returns the phrases by intent
 */
export async function writeSmallCorpus(
  root: string,
  more: readonly string[] = [],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const kept = [...KEPT, ...more];
  const corpus = await readCorpus(ROOT);
  await Promise.all(['intents', 'faq'].map((folder) => mkdir(path.join(root, folder))));
  for (const folder of ['web-widget', 'web-console'])
    await symlink(path.join(ROOT, folder), path.join(root, folder), 'dir');
  for (const file of WHOLE) await copyFile(path.join(ROOT, file), path.join(root, file));

  const intents = corpus.intents
    .filter(({ intent }) => kept.includes(intent))
    .map(({ intent, phrases }) => ({ intent, phrases: phrases.slice(0, PHRASES) }));
  const { abbreviations, misspellings, synonyms, courtesies } = corpus.lexicon;
  const few = <Value>(all: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(all).slice(0, MOST));
  const lists = {
    'intents/few.yaml': intents,
    'intents/lexicon.yaml': {
      abbreviations: few(abbreviations),
      misspellings: few(misspellings),
      synonyms: synonyms.slice(0, MOST),
      courtesies: courtesies.slice(0, MOST),
    },
    'intents/places.yaml': corpus.places.slice(0, MOST),
  };
  // JSON is YAML.
  for (const [file, list] of Object.entries(lists))
    await writeFile(path.join(root, file), JSON.stringify(list));
  for (const { markdown, ...front } of corpus.faq.filter(({ id }) => kept.includes(id))) {
    const head = JSON.stringify({ ...front, related: front.related.filter((id) => kept.includes(id)) });
    await writeFile(path.join(root, `faq/${front.id}.md`), `---\n${head}\n---\n${markdown}\n`);
  }
  return new Map(intents.map(({ intent, phrases }) => [intent, phrases]));
}

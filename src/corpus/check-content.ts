/** npm run content: holds intents/ and faq/ against their rules; prints every problem with file, line and remedy. */
import path from 'node:path';
import { formatProblem, loadCorpus } from './load-corpus.ts';

const loaded = await loadCorpus(path.resolve(import.meta.dirname, '../..')).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
if (loaded.ok) {
  const { faq, intents } = loaded.corpus;
  const phrases = intents.reduce((sum, intent) => sum + intent.phrases.length, 0);
  process.stdout.write(`corpus is right: ${faq.length} entries, ${phrases} phrases\n`);
} else {
  process.stderr.write(`${loaded.problems.map(formatProblem).join('\n')}\n`);
  process.exit(1);
}

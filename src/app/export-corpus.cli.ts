/** npm run corpus:export: writes the live corpus back to intents/ and faq/. */
import { parseArgs } from 'node:util';
import { runExchange } from './run-exchange.ts';

await runExchange('npm run corpus:export [-- --overwrite]', async (exchange) => {
  const { values } = parseArgs({ options: { overwrite: { type: 'boolean', default: false } } });
  const { live, files } = await exchange.exportFiles(values);
  return files.length === 0
    ? `nothing to do: the files say what the live release ${live} says`
    : `release ${live} is written to ${files.length} files:\n${files.map((file) => `  ${file}`).join('\n')}`;
});

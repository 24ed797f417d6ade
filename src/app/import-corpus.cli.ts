/** npm run corpus:import: brings intents/ and faq/ in as a draft; with --publish makes them the live release at once. */
import { parseArgs } from 'node:util';
import { type CorpusExchange, describeChange } from './corpus-exchange.ts';
import { runExchange } from './run-exchange.ts';

const SHOWN = 40;

async function publish(exchange: CorpusExchange): Promise<string> {
  const { number, published, corpus } = await exchange.publish();
  return published
    ? `release ${number} is live, and no regression question was asked of it: ${corpus.faq.length} entries. A running desk takes it within seconds.`
    : `nothing to do: the live release ${number} is the same as the files`;
}

async function importDraft(exchange: CorpusExchange): Promise<string> {
  const imported = await exchange.importDraft();
  if (imported.kind === 'same')
    return `nothing to do: the files change nothing that the live release ${imported.live} does not have`;
  const { changes, conflicts, draft, live } = imported;
  const lines = changes.slice(0, SHOWN).map((change) => describeChange(change, conflicts));
  return [
    `draft "${draft.name}": ${changes.length} changes on release ${live}, ${conflicts.length} of them in conflict (!)`,
    ...lines,
    ...(changes.length > SHOWN ? [`  … and ${changes.length - SHOWN} more`] : []),
    `Look at it, check it and publish it in the console: /console/curation/drafts/${draft.id}`,
  ].join('\n');
}

await runExchange('npm run corpus:import [-- --publish]', async (exchange) => {
  const { values } = parseArgs({ options: { publish: { type: 'boolean', default: false } } });
  return values.publish ? publish(exchange) : importDraft(exchange);
});

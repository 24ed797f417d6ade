/** NLP.js (node-nlp) with its manager. Its own out-of-scope class 'None' counts as ours. */
import { NlpManager } from 'node-nlp';
import { foldAccents } from '../../src/answering/text/syllables.ts';
import { NONE } from '../../src/answering/training-set.ts';
import type { Train } from './contender.ts';

const LANGUAGE = 'vi';
/** The best of a grid on the public sets, together with folded accents. */
const TUNED_RATE = 0.02;

/** As its documentation has it. */
export const trainAsShipped: Train = (training) => train(training, { log: false }, (text) => text);

export const trainTuned: Train = (training) =>
  train(training, tunedSettings(), (text) => foldAccents(text.normalize('NFC').toLowerCase()));

/** The network takes its rate from the settings of its language and domain; beside `log` it is passed over. */
function tunedSettings(): object {
  return {
    log: false,
    [LANGUAGE]: { default: { className: 'NeuralNlu', learningRate: TUNED_RATE, log: false } },
  };
}

async function train(
  { phrases }: Parameters<Train>[0],
  nlu: object,
  prepare: (text: string) => string,
): Promise<Awaited<ReturnType<Train>>> {
  // Without forceNER the manager looks for entities only where slots were declared.
  const manager = new NlpManager({ languages: [LANGUAGE], nlu, autoSave: false, forceNER: true });
  for (const { text, intent } of phrases) manager.addDocument(LANGUAGE, prepare(text), intent);
  await manager.train();
  return {
    async classify(text) {
      const { classifications } = await manager.classify(LANGUAGE, prepare(text));
      const intent = classifications[0]?.intent ?? NONE;
      return intent === 'None' ? NONE : intent;
    },
    decide: (text) => manager.process(LANGUAGE, prepare(text)),
  };
}

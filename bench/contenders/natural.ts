/** The classifiers of natural, over the tokens of its Vietnamese tokenizer. */
import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import LogisticRegressionClassifier from 'natural/lib/natural/classifiers/logistic_regression_classifier.js';
import AggressiveTokenizerVi from 'natural/lib/natural/tokenizers/aggressive_tokenizer_vi.js';
import type { Train } from './contender.ts';

export const trainBayes: Train = (training) => train(training, new BayesClassifier());

export const trainLogisticRegression: Train = (training) =>
  train(training, new LogisticRegressionClassifier());

/** Token arrays, because the default tokenizer of the classifiers destroys Vietnamese. */
function train({ phrases }: Parameters<Train>[0], classifier: NaturalClassifier): ReturnType<Train> {
  const tokenizer = new AggressiveTokenizerVi();
  const tokenise = (text: string): string[] => tokenizer.tokenize(text.normalize('NFC').toLowerCase());
  for (const { text, intent } of phrases) classifier.addDocument(tokenise(text), intent);
  classifier.train();
  return { classify: (text) => classifier.classify(tokenise(text)) };
}

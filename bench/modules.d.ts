/** What the benchmarks use of packages that bring no types, or are installed only for a benchmark. */

declare module 'node-nlp' {
  export interface NlpAnswer {
    /** 'None' below the threshold. */
    readonly intent: string;
  }
  export class NlpManager {
    constructor(settings: object);
    addDocument(language: string, text: string, intent: string): void;
    train(): Promise<unknown>;
    process(language: string, text: string): Promise<NlpAnswer>;
    classify(
      language: string,
      text: string,
    ): Promise<{ readonly classifications: readonly { readonly intent: string }[] }>;
  }
}

declare module 'minisearch' {
  export default class MiniSearch<T> {
    constructor(options: { fields: string[]; idField: string; processTerm: (term: string) => string });
    addAll(documents: readonly T[]): void;
    search(text: string): { readonly id: number }[];
  }
}

declare module 'natural/lib/natural/tokenizers/aggressive_tokenizer_vi.js' {
  export default class AggressiveTokenizerVi {
    tokenize(text: string): string[];
  }
}

interface NaturalClassifier {
  addDocument(tokens: readonly string[], label: string): void;
  train(): void;
  classify(tokens: readonly string[]): string;
}

declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  const BayesClassifier: new () => NaturalClassifier;
  export default BayesClassifier;
}

declare module 'natural/lib/natural/classifiers/logistic_regression_classifier.js' {
  const LogisticRegressionClassifier: new () => NaturalClassifier;
  export default LogisticRegressionClassifier;
}

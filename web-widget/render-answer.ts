/** The cards of the conversation: answer, choice, "I do not know", failure. */
import type { AnswerResponse, FaqEntryView, FaqList } from '../src/contracts/answers.ts';
import { COPY } from './copy.vi.ts';
import { button, element, heading, unseen } from './element.ts';
import type { Secret } from './question-text.ts';
import { renderMarkdown } from './render-markdown.ts';

export interface Choice {
  readonly id: string;
  readonly title: string;
}
export type OpenEntry = (choice: Choice) => void;
export type Topics = FaqList['topics'];

const HUMAN = 'support.hotline';
/** Dialogues of which this page shows the opening only: it keeps no conversation and reaches no staff. */
const NOT_YET: ReadonlySet<string> = new Set([
  'lookup.office',
  'support.agent',
  'support.callback',
  'support.complaint',
  'support.feedback',
  'support.ticket-status',
]);

/** An answer of the corpus. Small talk is said, not titled: its titles are names for editors. */
export function renderAnswer(entry: FaqEntryView, open: OpenEntry): HTMLElement {
  const title = isSmalltalk(entry.id) ? [] : [heading('h2', entry.title)];
  const related =
    entry.related.length === 0 ? [] : [heading('h3', COPY.related), renderChoices(entry.related, open)];
  const notYet = NOT_YET.has(entry.id) ? [element('p', { class: 'warning' }, COPY.notYet)] : [];
  return card(
    ...notYet,
    ...title,
    ...renderMarkdown(entry.markdown),
    ...renderSources(entry.sources),
    ...related,
  );
}

function renderSources(sources: readonly string[]): HTMLElement[] {
  if (sources.length === 0) return [];
  const items = sources.map((source) => element('li', {}, source));
  return [element('div', { class: 'sources' }, COPY.sources, element('ul', {}, ...items))];
}

/** Which of the candidates was meant? `rephrase` is for none of them. Null when there is nothing to choose. */
export function renderClarify(
  candidates: AnswerResponse['candidates'],
  open: OpenEntry,
  rephrase: () => void,
): HTMLElement | null {
  const choices = candidates
    .filter(({ intent }) => !isSmalltalk(intent))
    .map(({ intent, title }) => ({ id: intent, title }));
  if (choices.length === 0) return null;
  const list = renderChoices(choices, open);
  list.append(element('li', {}, button('choice none', COPY.noneOfThese, rephrase)));
  return card(heading('h2', choices.length > 1 ? COPY.whichOne : COPY.isItThis), list);
}

/** Nothing of the corpus fits. */
export function renderUnknown(topics: Topics, open: OpenEntry): HTMLElement {
  return card(
    heading('h2', COPY.unknownTitle),
    element('p', {}, COPY.unknown),
    ...renderTopics(COPY.pickTopic, topics, open),
  );
}

/** How to ask so that it can be answered. */
export function renderRephrase(topics: Topics, open: OpenEntry): HTMLElement {
  const examples = COPY.rephraseExamples.map((example) => element('li', {}, example));
  return card(
    heading('h2', COPY.rephraseTitle),
    element('p', {}, COPY.rephrase),
    element('ul', { class: 'bullets' }, ...examples),
    ...renderTopics(COPY.orPickTopic, topics, open),
  );
}

/** Why it was not sent, and the way to send it again. `kept` when the text is back in the input. */
export function renderFailure(message: string, kept: boolean, sendAgain: () => void): HTMLElement {
  const failure = card(heading('h2', COPY.failedTitle), element('p', {}, message));
  failure.classList.add('failed');
  if (kept) failure.append(element('p', {}, COPY.textKept));
  failure.append(button('again', COPY.sendAgain, sendAgain));
  return failure;
}

export function renderSecretWarning(secrets: readonly Secret[]): HTMLElement {
  const named = secrets.map((secret) => COPY[secret]).join(COPY.and);
  return element('p', { class: 'warning' }, COPY.secretTyped(named));
}

export function renderThinking(): HTMLElement {
  const dots = [element('i', {}), element('i', {}), element('i', {})];
  return element('p', { class: 'thinking' }, ...dots, unseen(COPY.thinking));
}

/** Questions as large buttons. */
export function renderChoices(choices: readonly Choice[], open: OpenEntry): HTMLUListElement {
  const buttons = choices.map((choice) => button('choice', choice.title, () => open(choice)));
  return element('ul', { class: 'choices', role: 'list' }, ...buttons.map((made) => element('li', {}, made)));
}

/** The topics, each unfolding its questions; below them the way to a person. Nothing when there are none. */
function renderTopics(title: string, topics: Topics, open: OpenEntry): HTMLElement[] {
  if (topics.length === 0) return [];
  const folds = topics.map(({ topic, entries }) =>
    element('details', {}, element('summary', {}, topic), renderChoices(entries, open)),
  );
  const human = topics.flatMap(({ entries }) => entries).filter(({ id }) => id === HUMAN);
  return [heading('h3', title), element('div', { class: 'topics' }, ...folds), renderChoices(human, open)];
}

function card(...children: readonly HTMLElement[]): HTMLElement {
  return element('article', { class: 'card' }, ...children);
}

function isSmalltalk(id: string): boolean {
  return id.startsWith('smalltalk.');
}

/** Questions and answers in order. Each question is a turn; turns are answered one after the other. */
import type { AnswerResponse, FaqEntryView, Platform } from '../src/contracts/answers.ts';
import { askQuestion, fetchEntry, type Reply } from './api.ts';
import type { Composer } from './composer.ts';
import { COPY } from './copy.vi.ts';
import { element, unseen } from './element.ts';
import { coverSecrets, differentReading, secretsIn } from './question-text.ts';
import {
  type Choice,
  renderAnswer,
  renderClarify,
  renderFailure,
  renderRephrase,
  renderSecretWarning,
  renderThinking,
  renderUnknown,
  type Topics,
} from './render-answer.ts';

export interface ConversationDeps {
  readonly composer: Composer;
  readonly platform: () => Platform | undefined;
  /** The topics, or none when they cannot be had. */
  readonly loadTopics: () => Promise<Topics>;
}

export interface Conversation {
  readonly box: HTMLElement;
  readonly ask: (text: string) => void;
  readonly open: (choice: Choice) => void;
}

interface Turn {
  readonly box: HTMLElement;
  readonly bubble: HTMLElement;
}

const THINKING_AFTER_MS = 300;

export function createConversation({ composer, platform, loadTopics }: ConversationDeps): Conversation {
  const label = COPY.conversation;
  const log = element('div', {
    class: 'conversation',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': label,
  });
  let queue: Promise<void> = Promise.resolve();
  let lastIntent: string | undefined;
  /** The failed turn whose text is back in the input: what is sent next takes its place. */
  let givenBack: Turn | null = null;
  /** The entry opened last, while nothing has come after it: a double tap opens it once. */
  let lastOpened: { readonly id: string; readonly platform: Platform | undefined } | null = null;

  const addTurn = (text: string): Turn => {
    const bubble = element('span', {}, text);
    const box = element('section', { class: 'turn' });
    box.append(element('p', { class: 'bubble' }, unseen(COPY.youAsked), bubble));
    log.append(box);
    box.scrollIntoView({ block: 'nearest' });
    return { box, bubble };
  };

  const show = ({ box, bubble }: Turn, ...nodes: readonly HTMLElement[]): void => {
    const first = box.querySelector('.card') === null;
    box.append(...nodes);
    // What comes into view is the beginning: with the question, unless that would fill the screen.
    const withQuestion = first && bubble.offsetHeight < innerHeight / 4;
    (withQuestion ? box : nodes[0])?.scrollIntoView({ block: 'start' });
  };

  const enqueue = <Value>(
    turn: Turn,
    request: () => Promise<Reply<Value>>,
    succeed: (value: Value) => Promise<void> | void,
    fail: (message: string) => void,
  ): void => {
    queue = queue.then(async () => {
      const thinking = renderThinking();
      const timer = setTimeout(() => {
        turn.box.append(thinking);
        thinking.scrollIntoView({ block: 'nearest' });
      }, THINKING_AFTER_MS);
      const reply = await request();
      clearTimeout(timer);
      thinking.remove();
      if (!reply.ok) return fail(reply.message);
      try {
        await succeed(reply.value);
      } catch {
        // Not what the contract promises; the questions behind this one must go on.
        fail(COPY.broken);
      }
    });
  };

  const rephrase = async (turn: Turn): Promise<void> => {
    const card = renderRephrase(await loadTopics(), open);
    turn.box.querySelector('.rephrase')?.remove();
    card.classList.add('rephrase');
    show(turn, card);
    composer.settle();
  };

  const showResponse = async (turn: Turn, text: string, response: AnswerResponse): Promise<void> => {
    const { decision, answer, candidates, redactions, understood } = response;
    turn.bubble.textContent = coverSecrets(text, redactions);
    const nodes: HTMLElement[] = [];
    const secrets = secretsIn(redactions);
    if (secrets.length > 0) nodes.push(renderSecretWarning(secrets));
    // How a text with a secret was read is not shown: the reading may hold a piece of it.
    const reading = secrets.length > 0 ? null : differentReading(understood, text);
    if (reading !== null) nodes.push(element('p', { class: 'understood' }, COPY.understood(reading)));
    if (answer !== null) {
      lastIntent = answer.id;
      nodes.push(renderAnswer(answer, open));
    } else {
      const choice =
        decision === 'clarify' ? renderClarify(candidates, open, () => void rephrase(turn)) : null;
      nodes.push(choice ?? renderUnknown(await loadTopics(), open));
    }
    show(turn, ...nodes);
  };

  const showEntry = (turn: Turn, entry: FaqEntryView): void => {
    lastIntent = entry.id;
    show(turn, renderAnswer(entry, open));
  };

  const ask = (text: string): void => {
    givenBack?.box.remove();
    givenBack = null;
    lastOpened = null;
    const turn = addTurn(text);
    enqueue(
      turn,
      () => askQuestion(text, platform(), lastIntent),
      (response) => showResponse(turn, text, response),
      (message) => {
        const kept = composer.giveBack(text);
        if (kept) givenBack = turn;
        const sendAgain = (): void => {
          turn.box.remove();
          composer.takeAway(text);
          composer.settle();
          ask(text);
        };
        show(turn, renderFailure(message, kept, sendAgain));
      },
    );
  };

  const open = (choice: Choice): void => {
    const opened = { id: choice.id, platform: platform() };
    if (opened.id === lastOpened?.id && opened.platform === lastOpened.platform) return;
    lastOpened = opened;
    const turn = addTurn(choice.title);
    enqueue(
      turn,
      () => fetchEntry(opened.id, opened.platform),
      (entry) => showEntry(turn, entry),
      (message) => {
        lastOpened = null;
        const sendAgain = (): void => {
          turn.box.remove();
          composer.settle();
          open(choice);
        };
        show(turn, renderFailure(message, false, sendAgain));
      },
    );
  };

  return { box: log, ask, open };
}

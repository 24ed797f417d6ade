/** One message of the log, whoever wrote it. */
import type { MessageView, RedactedType } from '../../src/contracts/chat.ts';
import type { Copy } from '../copy.vi.ts';
import { button, element, icon, unseen } from '../element.ts';
import { timeOfDay } from '../sync/days.ts';
import type { LogItem } from '../sync/log-items.ts';
import { failsAsItIs, type OutboxEntry } from '../sync/outbox.ts';
import { renderAnswer, renderBubble, wordsOfBubble } from './bubbles.ts';
import { choiceOfEntry, type ViewContext } from './context.ts';
import { ICONS } from './icons.ts';
import { createRating } from './rating.ts';

type Item<Kind extends LogItem['kind']> = Extract<LogItem, { kind: Kind }>;

/** An item of the log on screen. */
export interface Row {
  readonly node: HTMLElement;
  /** Takes the item's new state over without being built anew; false: it cannot. */
  readonly update: (item: LogItem) => boolean;
}

export function createMessageRow(item: Item<'message'>, context: ViewContext): Row {
  const { message } = item;
  const fromContact = message.author === 'contact';
  const content = fromContact ? renderContactMessage(item, context) : [];
  const rating =
    message.author === 'bot' && message.bubbles.some(({ kind }) => kind === 'answer')
      ? createRating(message.seq, message.helpful, context)
      : null;
  if (!fromContact) {
    if (message.text !== '') content.push(element('div', { class: 'bubble text' }, message.text));
    content.push(...message.bubbles.map((bubble) => renderBubble(bubble, context)));
    if (rating !== null) content.push(rating.box);
    content.push(element('p', { class: 'meta' }, renderTime(Date.parse(message.at))));
  }
  const name = context.copy.authors[message.author];
  const shown = item.takesOver && !fromContact && message.author !== 'system';
  const author = shown ? element('p', { class: 'author' }, name) : unseen(context.copy.said(name));
  const node = element('li', { class: `row ${message.author}` }, author, ...content);
  node.dataset['seq'] = String(message.seq);
  return {
    node,
    update(next) {
      if (next.kind !== 'message' || !looksTheSame(item, next)) return false;
      rating?.set(next.message.helpful);
      return true;
    },
  };
}

/** Apart from the rating, a message never changes. */
function looksTheSame(a: Item<'message'>, b: Item<'message'>): boolean {
  return a.message.seq === b.message.seq && a.takesOver === b.takesOver && a.seenByAgent === b.seenByAgent;
}

function renderContactMessage(
  { message, seenByAgent }: Item<'message'>,
  { copy }: ViewContext,
): HTMLElement[] {
  const { text, redacted, at } = message;
  const warning =
    redacted.length === 0
      ? []
      : [
          element(
            'p',
            { class: 'warning' },
            icon(ICONS.shield),
            element('span', {}, sayHidden(redacted, copy)),
          ),
        ];
  const state = seenByAgent ? copy.seen : copy.sent;
  return [
    element('p', { class: 'bubble text' }, text),
    ...warning,
    element('p', { class: 'meta' }, renderTime(Date.parse(at)), ` · ${state}`),
  ];
}

export function sayHidden(redacted: readonly RedactedType[], copy: Copy): string {
  const named = copy.redacted(copy.listed([...new Set(redacted)].map((type) => copy.hidden[type] ?? type)));
  const toKnow = [
    ...(redacted.includes('password') ? [copy.changePassword] : []),
    ...(redacted.includes('password') || redacted.includes('otp') ? [copy.neverTell] : []),
  ];
  return [named, ...toKnow].join(' ');
}

export function createPendingRow({ entry, onItsWay }: Item<'pending'>, context: ViewContext): Row {
  const { copy } = context;
  const state = entry.refused ? copy.notSent : onItsWay ? copy.sending : copy.waitingToSend;
  const node = element(
    'li',
    { class: `row contact pending${entry.refused ? ' refused' : ''}` },
    unseen(copy.said(copy.authors.contact)),
    element('p', { class: 'bubble text' }, entry.text),
  );
  if (entry.refused) {
    node.append(
      element(
        'div',
        { class: 'failure' },
        element(
          'p',
          {},
          element('strong', {}, `${state}. `),
          copy.refusal(entry.refused.code, entry.refused.message),
        ),
        element(
          'div',
          { class: 'actions' },
          ...renderWaysOut(entry, failsAsItIs(entry.refused.code), context),
        ),
      ),
    );
  } else {
    node.append(element('p', { class: 'meta' }, renderTime(entry.at), ` · ${state}`));
  }
  return {
    node,
    update: (next) =>
      next.kind === 'pending' &&
      next.onItsWay === onItsWay &&
      (next.entry.refused === undefined) === (entry.refused === undefined),
  };
}

/** The first one is the one that helps: what fails by rule would only fail again. */
function renderWaysOut(entry: OutboxEntry, asItIs: boolean, context: ViewContext): HTMLElement[] {
  const { copy } = context;
  const edit = (look: string) => button(look, copy.edit, () => context.edit(entry));
  return [
    ...(asItIs
      ? [edit('chip strong')]
      : [button('chip strong', copy.sendAgain, () => context.retry(entry)), edit('chip')]),
    button('chip', copy.remove, () => context.remove(entry)),
  ];
}

export function createProvisionalRow({ answer, key }: Item<'provisional'>, context: ViewContext): Row {
  const { copy } = context;
  const { decision, candidates } = answer;
  const label = element(
    'p',
    { class: 'provisional-label' },
    icon(ICONS.clock),
    element('span', {}, copy.provisional.title),
  );
  const node = element('li', { class: 'row bot provisional' }, label);
  if (answer.answer !== null) node.append(renderAnswer(answer.answer, context));
  else if (decision === 'clarify') {
    node.append(element('p', { class: 'bubble' }, copy.provisional.whichOne));
    const choices = candidates
      .slice(0, 3)
      .map(({ intent, title }) => ({ id: choiceOfEntry(intent), label: title }));
    node.append(renderChoices(choices, context));
  } else node.append(element('p', { class: 'bubble' }, copy.provisional.unknown));
  return { node, update: (next) => next.kind === 'provisional' && next.key === key };
}

/** Buttons, each of which says something in the person's name. */
export function renderChoices(
  choices: readonly { readonly id: string; readonly label: string }[],
  context: ViewContext,
): HTMLElement {
  const items = choices.map(({ id, label }) =>
    element(
      'li',
      {},
      button('choice', label, () => context.send(label, id)),
    ),
  );
  return element('ul', { class: 'choices', role: 'list', 'aria-label': context.copy.choices }, ...items);
}

/** For those who listen: who says what, and what can be chosen. */
export function wordsOfMessage({ author, text, bubbles, choices }: MessageView, copy: Copy): string {
  const labels = choices.map(({ label }) => label).join('; ');
  return [
    copy.said(copy.authors[author]) + text,
    ...bubbles.map(wordsOfBubble),
    ...(labels === '' ? [] : [`${copy.choices}: ${labels}`]),
  ].join('\n');
}

export function renderTime(at: number): HTMLElement {
  return element('time', { datetime: new Date(at).toISOString() }, timeOfDay(at));
}

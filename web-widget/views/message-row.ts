/** One message of the log, whoever wrote it. */
import type { Bubble, MessageView, RedactedType } from '../../src/contracts/chat.ts';
import type { Copy } from '../copy.vi.ts';
import { button, element, icon, unseen } from '../element.ts';
import { renderTyped } from '../render-text.ts';
import { timeOfDay } from '../sync/days.ts';
import type { LogItem } from '../sync/log-items.ts';
import { failsAsItIs, type OutboxEntry } from '../sync/outbox.ts';
import { renderAnswer, renderBubble, wordsOfBubble } from './bubbles.ts';
import { choiceOfEntry, HOTLINE_ENTRY, type ViewContext } from './context.ts';
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
  if (message.author === 'system' && !message.bubbles.some(({ kind }) => kind === 'text'))
    return createNoticeRow(message, context);
  const fromContact = message.author === 'contact';
  const content = fromContact ? renderContactMessage(item, context) : [];
  const rating =
    message.author === 'bot' && message.bubbles.some(({ kind }) => kind === 'answer')
      ? createRating(message.seq, message.helpful, context)
      : null;
  if (!fromContact) {
    if (message.text !== '')
      content.push(element('div', { class: 'bubble text' }, ...renderTyped(message.text, context.copy)));
    content.push(...message.bubbles.map((bubble) => renderBubble(bubble, context)));
    if (message.bubbles.some(isAboutHotline))
      content.push(button('chip strong', context.copy.voice.title, context.call, icon(ICONS.phone)));
    if (rating !== null) content.push(rating.box);
    content.push(element('p', { class: 'meta' }, renderTime(Date.parse(message.at))));
  }
  const name = nameOf(message, context.copy);
  const shown = item.takesOver && !fromContact;
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

const isAboutHotline = (bubble: Bubble): boolean =>
  bubble.kind === 'answer' && bubble.intent === HOTLINE_ENTRY;

function nameOf({ author, by }: MessageView, copy: Copy): string {
  return author === 'agent' && by !== null ? copy.agent(by) : copy.authors[author];
}

/** What happened to the conversation: a line, not something said. */
function createNoticeRow(message: MessageView, { copy }: ViewContext): Row {
  const line = element(
    'p',
    { class: 'meta' },
    unseen(copy.said(copy.authors.system)),
    message.text,
    ' ·\u00a0',
  );
  line.append(renderTime(Date.parse(message.at)));
  const node = element('li', { class: 'row system' }, line);
  node.dataset['seq'] = String(message.seq);
  return { node, update: (next) => next.kind === 'message' && next.message.seq === message.seq };
}

/** Apart from the rating, a message never changes. */
function looksTheSame(a: Item<'message'>, b: Item<'message'>): boolean {
  return a.message.seq === b.message.seq && a.takesOver === b.takesOver && a.seenByAgent === b.seenByAgent;
}

function renderContactMessage(
  { message, seenByAgent }: Item<'message'>,
  context: ViewContext,
): HTMLElement[] {
  const { copy } = context;
  const { text, bubbles, redacted, at } = message;
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
    ...renderOwn(text, bubbles, context),
    ...warning,
    element('p', { class: 'meta' }, renderTime(Date.parse(at)), ` · ${state}`),
  ];
}

/** What the contact wrote, and the files that went along. */
function renderOwn(text: string, files: readonly Bubble[], context: ViewContext): HTMLElement[] {
  const { sentPicture, sentFile } = context.copy.files;
  const isOnlyFiles = files.length > 0 && (text === sentPicture || text === sentFile);
  return [
    ...(isOnlyFiles ? [] : [element('p', { class: 'bubble text' }, text)]),
    ...files.map((file) => renderBubble(file, context)),
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
    ...renderOwn(entry.text, filesOf(entry), context),
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

function filesOf({ attachments = [] }: OutboxEntry): Bubble[] {
  return attachments.map(({ url, name, type, size }) => ({ kind: 'file', url, name, type, size }));
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
export function wordsOfMessage(message: MessageView, copy: Copy): string {
  const { text, bubbles, choices } = message;
  const labels = choices.map(({ label }) => label).join('; ');
  return [
    copy.said(nameOf(message, copy)) + text,
    ...bubbles.map((bubble) => wordsOfBubble(bubble, copy)),
    ...(labels === '' ? [] : [`${copy.choices}: ${labels}`]),
  ].join('\n');
}

export function renderTime(at: number): HTMLElement {
  return element('time', { datetime: new Date(at).toISOString() }, timeOfDay(at));
}

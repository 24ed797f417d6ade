/** The conversation on screen: its rows, and where the eye is. */

import { button, element } from '../element.ts';
import type { ChatState } from '../sync/chat-state.ts';
import { calendarDay, dayNumber } from '../sync/days.ts';
import { arrange, type LogItem } from '../sync/log-items.ts';
import type { ViewContext } from './context.ts';
import {
  createMessageRow,
  createPendingRow,
  createProvisionalRow,
  type Row,
  renderChoices,
} from './message-row.ts';
import { createSatisfactionRow } from './satisfaction.ts';
import { createScroll, type Scroll } from './scroll.ts';

export interface Log {
  readonly box: HTMLElement;
  readonly pill: HTMLElement;
  readonly scroll: Scroll;
  readonly render: (state: ChatState) => void;
  /** What was just sent is to be seen. */
  readonly follow: () => void;
  readonly focus: () => void;
}

export function createLog(context: ViewContext, welcome: HTMLElement, notice: () => void): Log {
  const { copy } = context;
  const list = element('ol', { class: 'rows', role: 'list' });
  const heading = element('h2', { class: 'unseen' }, copy.conversation);
  // New messages are read out by the announcer: this list is built anew in places, and history comes in at the top.
  const box = element(
    'div',
    { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': copy.conversation, tabindex: '0' },
    element('div', { class: 'column' }, welcome, heading, list),
  );
  const pill = button('pill', copy.newMessages, () => scroll.toNew());
  pill.hidden = true;
  const scroll = createScroll(box, list, pill, context.loadEarlier, notice);
  let rows = new Map<string, Row>();
  let newest = 0;

  const createRow = (item: LogItem): Row => {
    switch (item.kind) {
      case 'message':
        return createMessageRow(item, context);
      case 'pending':
        return createPendingRow(item, context);
      case 'provisional':
        return createProvisionalRow(item, context);
      case 'earlier':
        return createEarlierRow(context, item.loading);
      case 'day': {
        const day = copy.day(calendarDay(item.day), dayNumber(Date.now()) - item.day);
        const node = element('li', { class: 'row day' }, element('span', {}, day));
        return {
          node,
          update: (next) =>
            next.kind === 'day' && copy.day(calendarDay(next.day), dayNumber(Date.now()) - next.day) === day,
        };
      }
      case 'satisfaction':
        return createSatisfactionRow(item, context);
      case 'typing':
        return createTypingRow(item.author, context);
      case 'choices':
        return {
          node: element('li', { class: 'row bot options' }, renderChoices(item.choices, context)),
          update: (next) => next.key === item.key,
        };
    }
  };

  const place = (items: readonly LogItem[]): void => {
    const keys = new Set(items.map(({ key }) => key));
    for (const [key, { node }] of rows) if (!keys.has(key)) node.remove();
    const next = new Map<string, Row>();
    let cursor = list.firstElementChild;
    for (const item of items) {
      let row = rows.get(item.key);
      if (row === undefined || !row.update(item)) {
        const made = createRow(item);
        if (row !== undefined) {
          if (cursor === row.node) cursor = made.node;
          row.node.replaceWith(made.node);
        }
        row = made;
      }
      if (cursor === row.node) cursor = cursor.nextElementSibling;
      else list.insertBefore(row.node, cursor);
      next.set(item.key, row);
    }
    rows = next;
  };

  return {
    box,
    pill,
    scroll,
    render(state) {
      const items = arrange(state);
      const provisional = items.find(({ kind, key }) => kind === 'provisional' && !rows.has(key));
      const hadFocus = list.contains(document.activeElement) || welcome.contains(document.activeElement);
      const last = state.transcript.messages[state.transcript.messages.length - 1];
      const opened = newest === 0 && last !== undefined;
      const arrived = state.transcript.messages.filter(({ seq }) => seq > newest);
      newest = last?.seq ?? 0;
      scroll.around(() => {
        welcome.hidden = items.length > 0 || (state.conversation === null && state.link === 'online');
        place(items);
      });
      if (opened) scroll.toEnd();
      else if (arrived.length > 0) {
        const news = arrived.find(({ author }) => author !== 'contact');
        scroll.onArrival(list.querySelector(`[data-seq="${news?.seq}"]`));
      }
      if (provisional !== undefined) scroll.onArrival(rows.get(provisional.key)?.node ?? null);
      // What was tapped is gone: the reading goes on where it was.
      if (hadFocus && document.activeElement === document.body) box.focus({ preventScroll: true });
    },
    follow: () => scroll.toEnd(),
    focus: () => box.focus({ preventScroll: true }),
  };
}

function createEarlierRow({ copy, loadEarlier }: ViewContext, loading: boolean): Row {
  const more = button('quiet', loading ? copy.loading : copy.earlier, loadEarlier);
  return {
    node: element('li', { class: 'row earlier' }, more),
    update(next) {
      if (next.kind !== 'earlier') return false;
      more.textContent = next.loading ? copy.loading : copy.earlier;
      return true;
    },
  };
}

function createTypingRow(author: 'bot' | 'agent', { copy }: ViewContext): Row {
  const dots = [element('i', {}), element('i', {}), element('i', {})];
  const node = element(
    'li',
    { class: `row ${author} typing` },
    element(
      'p',
      { class: 'bubble' },
      element('span', { class: 'dots', 'aria-hidden': 'true' }, ...dots),
      copy.typing[author],
    ),
  );
  return { node, update: (next) => next.kind === 'typing' && next.author === author };
}

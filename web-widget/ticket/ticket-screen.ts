/** One ticket, as the citizen may know it, and what may be done with it. */

import { saveFile } from '../device/save-file.ts';
import { button, element } from '../element.ts';
import { renderTyped } from '../render-text.ts';
import { copy } from './copy.ts';
import { createInformationForm } from './information-form.ts';
import { renderProgress } from './progress.ts';
import { createRatingForm } from './rating-form.ts';
import { renderReceipt } from './receipt.ts';
import { createReopenForm } from './reopen-form.ts';
import { rowsOf } from './rows.ts';
import { answerFailure, type Context, type Open, type Screen } from './screen.ts';
import { renderTimeline } from './timeline.ts';

const words = copy.ticket;

export function createTicketScreen(context: Context, open: Open, note: string): Screen {
  const { api, go } = context;
  const { ticket, token, code, isNew } = open;
  const heading = element('h2', { tabindex: '-1' }, isNew ? words.created : words.heading(code));
  const status = element('p', { class: 'status', role: 'status' }, note);
  const refresh = button('plain', words.refresh, async () => {
    const answer = await api.read(token);
    if ('body' in answer) return go.show(answer.body, words.refreshed);
    status.textContent = answerFailure(context, open, answer.failure, copy.notRead);
  });
  const row = element(
    'div',
    { class: 'row' },
    button(isNew ? 'solid' : 'plain', words.print, () => print()),
    refresh,
  );
  const waits = ticket.status === 'waiting';
  const information = ticket.mayAdd ? createInformationForm(context, open) : null;
  const more = information === null ? [] : [information.box];
  return {
    heading,
    stop: () => information?.stop(),
    box: element(
      'article',
      {},
      renderReceipt(ticket),
      heading,
      ...(isNew
        ? [
            element('p', { class: 'new-code' }, `${words.code} `, element('strong', {}, code)),
            element('p', {}, words.createdHint),
          ]
        : []),
      status,
      ...(isNew ? [row, renderProgress(ticket)] : [renderProgress(ticket), row]),
      ...(ticket.mergedInto === null ? [] : [renderMain(ticket.mergedInto, go)]),
      ...(waits ? [renderTimeline(ticket), ...more] : []),
      element(
        'section',
        { class: 'card', 'aria-labelledby': 'sent' },
        element('h3', { id: 'sent' }, words.content),
        element('p', { class: 'said' }, ...renderTyped(ticket.content, copy)),
        rowsOf(ticket),
      ),
      ...(waits ? [] : [renderTimeline(ticket)]),
      ...(ticket.mayRate || ticket.satisfaction !== null ? [createRatingForm(context, open)] : []),
      ...(ticket.mayReopen ? [createReopenForm(context, open)] : []),
      ...(waits ? [] : more),
      renderData(context, open),
      button('wide', words.done, () => go.lookup()),
    ),
  };
}

/** The matter goes on under another code, which opens with the same number or address. */
function renderMain(main: string, go: Context['go']): HTMLElement {
  const { mergedInto, openMain } = words;
  return element(
    'section',
    { class: 'card', 'aria-labelledby': 'main' },
    element('h3', { id: 'main' }, mergedInto),
    element('p', { class: 'new-code' }, element('strong', {}, main)),
    button('plain', openMain, () => go.lookup(main)),
  );
}

/** What the law lets everybody ask for. */
function renderData(context: Context, open: Open): HTMLElement {
  const { api, go } = context;
  const { code, token } = open;
  const status = element('p', { class: 'status', role: 'status' });
  const download = button('plain', words.download, async () => {
    const answer = await api.download(token);
    if ('body' in answer) {
      const isSaved = saveFile(copy.exportName(code), answer.body);
      status.textContent = isSaved ? words.downloaded : words.notDownloaded;
      return;
    }
    status.textContent = answerFailure(context, open, answer.failure, copy.notRead);
  });
  return element(
    'section',
    { class: 'card', 'aria-labelledby': 'data' },
    element('h3', { id: 'data' }, words.data),
    element('div', { class: 'row' }, download, button('plain danger', words.erase, go.erase)),
    status,
  );
}

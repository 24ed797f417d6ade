/** More to a ticket: a text, pictures, PDF. Both are kept until the desk has them. */
import type { AttachmentView } from '../../src/contracts/attachments.ts';
import { button, element, icon } from '../element.ts';
import { MOST_FILES } from '../sync/uploads.ts';
import { ICONS } from '../views/icons.ts';
import { createTray } from '../views/tray.ts';
import { copy } from './copy.ts';
import { createField, createStatus, onSubmit } from './fields.ts';
import { MOST_CHARACTERS } from './form-screen.ts';
import { answerFailure, type Context, type Open } from './screen.ts';

const words = copy.information;

export function createInformationForm(
  context: Context,
  opened: Open,
): { readonly box: HTMLElement; readonly stop: () => void } {
  const { api, drafts, uploads, newKey, go } = context;
  const { code, token, ticket } = opened;
  const draft = drafts.information(code);
  const kept = draft.get();
  let key = kept?.key ?? newKey();
  let tried = kept?.tried ?? false;

  const text = createField({ id: 'information', label: words.text, hint: words.hint, rows: 5 });
  text.input.value = kept?.text ?? '';
  const tray = createTray(copy, uploads, () => attach.focus());
  const picker = element('input', {
    type: 'file',
    accept: 'image/*,application/pdf',
    multiple: '',
    tabindex: '-1',
    'aria-hidden': 'true',
  });
  picker.hidden = true;
  const attach = button('plain', words.attach, () => picker.click(), icon(ICONS.attach));
  const status = createStatus();
  if (kept !== null) status.textContent = words.kept;
  const submit = element('button', { class: 'solid', type: 'submit' }, words.submit);
  const form = element('form', {}, text.box, tray.box, attach, picker, submit, status);
  const open = button('wide', words.open, () => {
    show(true);
    text.input.focus();
  });
  const box = element(
    'section',
    { class: 'card no-print', 'aria-labelledby': 'more' },
    element('h3', { id: 'more' }, words.heading),
    open,
    form,
  );

  const show = (isOpen: boolean): void => {
    open.hidden = isOpen;
    form.hidden = !isOpen;
  };
  const readyFiles = (): AttachmentView[] =>
    uploads.list().flatMap(({ state }) => (state.kind === 'ready' ? [state.file] : []));
  const keep = (): void => {
    const files = readyFiles();
    if (text.value() === '' && files.length === 0) draft.clear();
    else draft.set({ key, tried, text: text.input.value, files });
  };
  const change = (): void => {
    if (tried) key = newKey();
    tried = false;
    keep();
  };
  text.input.addEventListener('input', change);
  picker.addEventListener('change', () => {
    const fits = uploads.add(Array.from(picker.files ?? []));
    picker.value = '';
    text.complain(fits ? null : words.tooMany(MOST_FILES));
  });
  if (kept !== null && uploads.list().length === 0) uploads.giveBack(kept.files);
  let ready = readyFiles().length;
  const stop = uploads.subscribe(() => {
    tray.render(uploads.list());
    // Each step of a file on its way is no change of what will be sent.
    if (readyFiles().length !== ready) change();
    ready = readyFiles().length;
  });
  tray.render(uploads.list());
  show(ticket.status === 'waiting' || kept !== null || uploads.list().length > 0);

  onSubmit(form, submit, status, copy.sending, async () => {
    await arrivals(() => (status.textContent = words.wait), uploads);
    const files = readyFiles();
    const written = text.value() === '' && files.length > 0 ? words.onlyFiles : text.value();
    if (written === '' || written.length > MOST_CHARACTERS) {
      text.complain(written === '' ? words.missing : copy.form.contentTooLong(MOST_CHARACTERS));
      text.input.focus();
      return '';
    }
    tried = true;
    keep();
    const answer = await api.add(token, { key, text: written, attachments: files.map(({ id }) => id) });
    if ('failure' in answer) return answerFailure(context, opened, answer.failure, copy.notSent);
    stop();
    uploads.take();
    draft.clear();
    go.show(answer.body, words.sent);
    return '';
  });
  return { box, stop };
}

/** Until no file is on its way any more. */
function arrivals(onWait: () => void, { list, subscribe }: Context['uploads']): Promise<void> {
  const isBusy = (): boolean => list().some(({ state }) => state.kind === 'running');
  if (!isBusy()) return Promise.resolve();
  onWait();
  return new Promise((resolve) => {
    const stop = subscribe(() => {
      if (isBusy()) return;
      stop();
      resolve();
    });
  });
}

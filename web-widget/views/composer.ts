/** The input: grows with its text, sends on Enter, and never loses what was typed or chosen. */
import type { AttachmentView } from '../../src/contracts/attachments.ts';
import type { Copy } from '../copy.vi.ts';
import { element, icon, iconButton } from '../element.ts';
import { MOST_FILES, type Uploads } from '../sync/uploads.ts';
import { ICONS } from './icons.ts';
import { createTray } from './tray.ts';

export interface Composer {
  readonly box: HTMLElement;
  /** To be called once the box is on the page. */
  readonly start: () => void;
  /** To be called when it goes. */
  readonly stop: () => void;
  readonly setText: (text: string) => void;
  /** Files are for a person to look at: without one they cannot be chosen. */
  readonly allowFiles: (allowed: boolean) => void;
  /** Puts a text back, before what is being typed now. */
  readonly giveBack: (text: string) => void;
  /** With a keyboard typing goes on at once; on a phone the keyboard would cover the answer. */
  readonly settle: () => void;
  readonly focus: () => void;
}

export interface ComposerDeps {
  readonly copy: Copy;
  readonly uploads: Uploads;
  readonly send: (text: string, files: readonly AttachmentView[]) => void;
  /** Says something in passing. */
  readonly say: (text: string) => void;
  /** After every change, by whomever. */
  readonly onChange: (text: string) => void;
}

/** What the contract allows (src/contracts/answers.ts, held together by a test). */
export const MOST_CHARACTERS = 2000;
const COUNT_FROM = 1800;
/** keyCode of a key that an input method has taken, also where isComposing comes too late (Safari). */
const TAKEN_BY_INPUT_METHOD = 229;

export function createComposer({ copy, uploads, send, say, onChange }: ComposerDeps): Composer {
  const input = element('textarea', {
    id: 'message',
    rows: '1',
    enterkeyhint: 'send',
    autocomplete: 'off',
    placeholder: copy.placeholder,
    'aria-label': copy.message,
    'aria-describedby': 'counter',
  });
  const submitButton = element(
    'button',
    { class: 'send', type: 'submit', 'aria-label': copy.send, title: copy.send },
    icon(ICONS.send),
  );
  // No maxlength: it would cut off the end of what is pasted without a word.
  const counter = element('p', { id: 'counter', class: 'counter', role: 'status' });
  const picker = element('input', {
    type: 'file',
    accept: 'image/*,application/pdf',
    multiple: '',
    tabindex: '-1',
    'aria-hidden': 'true',
  });
  picker.hidden = true;
  const attachButton = iconButton('icon-button attach', copy.files.attach, ICONS.attach, () =>
    picker.click(),
  );
  attachButton.hidden = true;
  const tray = createTray(copy, uploads, () => input.focus({ preventScroll: true }));
  const soon = element('p', { class: 'soon', role: 'status' });
  const row = element(
    'div',
    { class: 'column' },
    tray.box,
    soon,
    attachButton,
    picker,
    input,
    submitButton,
    counter,
  );
  const box = element('form', { class: 'composer', 'aria-label': copy.composer }, row);
  const typesOnGlass = matchMedia('(pointer: coarse)').matches;

  /** What was typed goes as soon as the files are there. */
  let sendsSoon = false;

  const grow = (): void => {
    input.style.height = 'auto';
    // The border belongs to the height that is set, but not to scrollHeight.
    input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  };
  const refresh = (): void => {
    const used = input.value.length;
    const hasFiles = uploads.list().some(({ state: { kind } }) => kind !== 'failed');
    submitButton.disabled = (input.value.trim() === '' && !hasFiles) || used > MOST_CHARACTERS;
    soon.textContent = sendsSoon ? copy.files.sendsSoon : '';
    soon.hidden = !sendsSoon;
    counter.hidden = used < COUNT_FROM;
    counter.textContent = counter.hidden ? '' : copy.charactersUsed(used, MOST_CHARACTERS);
    counter.classList.toggle('over', used > MOST_CHARACTERS);
    grow();
  };
  const change = (text: string): void => {
    input.value = text;
    refresh();
    onChange(text);
  };
  const settle = (): void => {
    if (typesOnGlass) input.blur();
    else input.focus({ preventScroll: true });
  };
  const submit = (): void => {
    const text = input.value.trim();
    if (submitButton.disabled) return;
    if (isUploading()) {
      sendsSoon = true;
      refresh();
      return;
    }
    // First kept in the outbox, then taken out of the input.
    send(text, uploads.take());
    change('');
    settle();
  };
  const isUploading = (): boolean => uploads.list().some(({ state: { kind } }) => kind === 'running');
  const takeUploads = (): void => {
    const list = uploads.list();
    tray.render(list);
    const goes = sendsSoon && !isUploading();
    if (goes || list.length === 0) sendsSoon = false;
    refresh();
    // One that failed is not left behind without a word: the person sees it and decides.
    if (goes && list.every(({ state: { kind } }) => kind === 'ready')) submit();
  };
  let stopListening = (): void => undefined;

  box.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  input.addEventListener('keydown', (event) => {
    const composing = event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    submit();
  });
  picker.addEventListener('change', () => {
    if (!uploads.add(Array.from(picker.files ?? []))) say(copy.files.tooMany(MOST_FILES));
    // The same one may be chosen again.
    picker.value = '';
  });
  input.addEventListener('input', () => {
    sendsSoon = false;
    refresh();
    onChange(input.value);
  });

  return {
    box,
    settle,
    focus: () => input.focus(),
    start() {
      addEventListener('resize', grow);
      stopListening = uploads.subscribe(takeUploads);
      takeUploads();
    },
    stop() {
      removeEventListener('resize', grow);
      stopListening();
    },
    allowFiles(allowed) {
      attachButton.hidden = !allowed;
    },
    setText(text) {
      input.value = text;
      refresh();
    },
    giveBack(text) {
      change([text, input.value].filter((part) => part.trim() !== '').join('\n'));
      input.focus();
    },
  };
}

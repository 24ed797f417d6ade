/** The input: grows with its text, sends on Enter, and never loses what was typed. */
import type { Copy } from '../copy.vi.ts';
import { element, icon } from '../element.ts';
import { ICONS } from './icons.ts';

export interface Composer {
  readonly box: HTMLElement;
  /** To be called once the box is on the page. */
  readonly start: () => void;
  readonly setText: (text: string) => void;
  /** Puts a text back, before what is being typed now. */
  readonly giveBack: (text: string) => void;
  /** With a keyboard typing goes on at once; on a phone the keyboard would cover the answer. */
  readonly settle: () => void;
  readonly focus: () => void;
}

export interface ComposerDeps {
  readonly copy: Copy;
  readonly send: (text: string) => void;
  /** After every change, by whomever. */
  readonly onChange: (text: string) => void;
}

/** What the contract allows (src/contracts/answers.ts, held together by a test). */
export const MOST_CHARACTERS = 2000;
const COUNT_FROM = 1800;
/** keyCode of a key that an input method has taken, also where isComposing comes too late (Safari). */
const TAKEN_BY_INPUT_METHOD = 229;

export function createComposer({ copy, send, onChange }: ComposerDeps): Composer {
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
  const row = element('div', { class: 'column' }, input, submitButton, counter);
  const box = element('form', { class: 'composer', 'aria-label': copy.composer }, row);
  const typesOnGlass = matchMedia('(pointer: coarse)').matches;

  const grow = (): void => {
    input.style.height = 'auto';
    // The border belongs to the height that is set, but not to scrollHeight.
    input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  };
  const refresh = (): void => {
    const used = input.value.length;
    submitButton.disabled = input.value.trim() === '' || used > MOST_CHARACTERS;
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
    // First kept in the outbox, then taken out of the input.
    send(text);
    change('');
    settle();
  };

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
  input.addEventListener('input', () => {
    refresh();
    onChange(input.value);
  });

  return {
    box,
    settle,
    focus: () => input.focus(),
    start() {
      addEventListener('resize', grow);
      refresh();
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

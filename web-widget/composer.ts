/** The input: grows with its text, sends on Enter, and never loses what was typed. */
import { COPY } from './copy.vi.ts';
import { element, icon } from './element.ts';

export interface Composer {
  readonly box: HTMLElement;
  /** To be called once the box is on the page. */
  readonly start: () => void;
  /** Puts a text back that could not be sent; refuses, with false, when something else is being typed. */
  readonly giveBack: (text: string) => boolean;
  /** Empties the input if it holds just this text. */
  readonly takeAway: (text: string) => void;
  /** With a keyboard typing goes on at once; on a phone the keyboard would cover the answer. */
  readonly settle: () => void;
}

const ARROW_UP = 'M12 20V5m-6 6 6-6 6 6';
/** What the contract allows (src/contracts/answers.ts, held together by a test). */
export const MOST_CHARACTERS = 2000;
const COUNT_FROM = 1800;
/** keyCode of a key that an input method has taken, also where isComposing comes too late (Safari). */
const TAKEN_BY_INPUT_METHOD = 229;

export function createComposer(send: (text: string) => void): Composer {
  const input = element('textarea', {
    id: 'question',
    rows: '1',
    maxlength: String(MOST_CHARACTERS),
    enterkeyhint: 'send',
    autocomplete: 'off',
    placeholder: COPY.placeholder,
    'aria-describedby': 'notice counter',
  });
  const label = element('label', { class: 'unseen', for: 'question' }, COPY.question);
  const submitButton = element(
    'button',
    { class: 'send', type: 'submit', 'aria-label': COPY.send },
    icon(ARROW_UP),
  );
  const counter = element('p', { id: 'counter', class: 'counter' });
  const row = element('div', { class: 'column' }, label, input, submitButton, counter);
  const box = element('form', { class: 'composer', 'aria-label': COPY.composer }, row);
  const typesOnGlass = matchMedia('(pointer: coarse)').matches;

  const grow = (): void => {
    input.style.height = 'auto';
    // The border belongs to the height that is set, but not to scrollHeight.
    input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  };
  const refresh = (): void => {
    const used = input.value.length;
    submitButton.disabled = input.value.trim() === '';
    counter.hidden = used < COUNT_FROM;
    counter.textContent = counter.hidden ? '' : COPY.charactersUsed(used, MOST_CHARACTERS);
    grow();
  };
  const replace = (text: string): void => {
    input.value = text;
    refresh();
  };
  const settle = (): void => {
    if (typesOnGlass) input.blur();
    else input.focus({ preventScroll: true });
  };
  const submit = (): void => {
    const text = input.value.trim();
    if (text === '') return;
    replace('');
    settle();
    send(text);
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
  input.addEventListener('input', refresh);

  return {
    box,
    settle,
    start() {
      addEventListener('resize', grow);
      refresh();
      if (!typesOnGlass) settle();
    },
    giveBack(text) {
      if (input.value.trim() !== '') return false;
      replace(text);
      return true;
    },
    takeAway(text) {
      if (input.value.trim() === text) replace('');
    },
  };
}

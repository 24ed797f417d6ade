/** Fields of a form: large, each with its label, a hint, and what is wrong with it. */
import { element } from '../element.ts';

export interface Field {
  readonly box: HTMLElement;
  readonly input: HTMLInputElement | HTMLTextAreaElement;
  /** Without blanks around it. */
  readonly value: () => string;
  /** null: nothing is wrong. */
  readonly complain: (problem: string | null) => void;
}

export interface FieldWanted {
  readonly id: string;
  readonly label: string;
  /** Beside the label: whether it has to be filled in. */
  readonly note?: string;
  readonly hint?: string;
  /** Of a field of several lines. */
  readonly rows?: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

export function createField({ id, label, note, hint, rows, attributes = {} }: FieldWanted): Field {
  const described = [hint === undefined ? '' : `${id}-hint`, `${id}-problem`].filter((name) => name !== '');
  const common = { id, 'aria-describedby': described.join(' '), ...attributes };
  const input =
    rows === undefined
      ? element('input', { type: 'text', ...common })
      : element('textarea', { rows: String(rows), ...common });
  const problem = element('p', { class: 'problem', id: `${id}-problem` });
  const box = element(
    'div',
    { class: 'field' },
    element(
      'label',
      { for: id },
      label,
      ...(note === undefined ? [] : [' ', element('span', { class: 'note' }, `(${note})`)]),
    ),
    ...(hint === undefined ? [] : [element('p', { class: 'hint', id: `${id}-hint` }, hint)]),
    input,
    problem,
  );
  const complain: Field['complain'] = (text) => {
    problem.textContent = text ?? '';
    if (text === null) input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
  };
  input.addEventListener('input', () => complain(null));
  return { box, input, value: () => input.value.trim(), complain };
}

/** A box with a heading over several inputs that belong together. */
export function createGroup(
  legend: string,
  hint: string | null,
  ...children: readonly HTMLElement[]
): HTMLFieldSetElement {
  return element(
    'fieldset',
    {},
    element('legend', {}, legend),
    ...(hint === null ? [] : [element('p', { class: 'hint' }, hint)]),
    ...children,
  );
}

/** Where a form says how it went; those who listen to the page are told. */
export function createStatus(): HTMLElement {
  return element('p', { class: 'status', role: 'status' });
}

/**
 * Runs what a form does, once at a time, with the button saying so.
 * @param work returns what is to be said in the end
 */
export function onSubmit(
  form: HTMLFormElement,
  submit: HTMLButtonElement,
  status: HTMLElement,
  busy: string,
  work: () => Promise<string>,
): void {
  let running = false;
  form.noValidate = true;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (running) return;
    running = true;
    submit.setAttribute('aria-disabled', 'true');
    status.textContent = busy;
    status.textContent = await work();
    submit.removeAttribute('aria-disabled');
    running = false;
  });
}

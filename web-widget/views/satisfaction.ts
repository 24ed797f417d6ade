/** How satisfied the contact was, below a conversation that is closed. May be said anew. */
import { button, element, icon } from '../element.ts';
import type { LogItem } from '../sync/log-items.ts';
import type { ViewContext } from './context.ts';
import { ICONS, MOUTHS } from './icons.ts';
import type { Row } from './message-row.ts';

type Score = keyof typeof MOUTHS;
const SCORES: readonly Score[] = [1, 2, 3, 4, 5];
/** What the contract allows (src/contracts/chat.ts, held together by a test). */
export const LONGEST_COMMENT = 1_000;

export function createSatisfactionRow(
  item: Extract<LogItem, { kind: 'satisfaction' }>,
  context: ViewContext,
): Row {
  const copy = context.copy.satisfaction;
  let known = item.score;
  let chosen: number | null = item.score;
  let stage: 'asking' | 'busy' | 'given' = 'asking';

  const radios = SCORES.map((score) => {
    const radio = element('input', { type: 'radio', name: item.key, value: String(score) });
    radio.addEventListener('change', () => {
      chosen = score;
      hint.textContent = '';
    });
    return radio;
  });
  const labels = radios.map((radio, index) => {
    const score = SCORES[index] ?? 3;
    return element('label', {}, radio, element('span', {}, face(score), copy.scores[score]));
  });
  const comment = element('textarea', {
    rows: '2',
    maxlength: String(LONGEST_COMMENT),
    'aria-label': copy.comment,
    placeholder: copy.comment,
  });
  const hint = element('p', { class: 'hint', role: 'status' });
  const submit = element('button', { class: 'solid', type: 'submit' }, copy.send);
  const form = element(
    'form',
    {},
    element(
      'fieldset',
      { class: 'segments faces', role: 'radiogroup' },
      element('legend', {}, copy.question),
      element('div', {}, ...labels),
    ),
    comment,
    hint,
    submit,
  );
  const card = element('div', { class: 'bubble card satisfaction' });

  const show = (...nodes: readonly HTMLElement[]): void => {
    const hadFocus = card.contains(document.activeElement);
    card.textContent = '';
    card.append(...nodes);
    if (!hadFocus) return;
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
  };
  const ask = (): void => {
    stage = 'asking';
    for (const radio of radios) radio.checked = Number(radio.value) === chosen;
    show(form);
  };
  const showGiven = (score: number, ...first: readonly HTMLElement[]): void => {
    stage = 'given';
    const rated = SCORES.find((one) => one === score) ?? 3;
    show(
      ...first,
      element(
        'p',
        { class: 'given' },
        face(rated),
        element('span', {}, `${copy.given} `, element('strong', {}, copy.scores[rated])),
      ),
      button('chip', copy.change, ask),
    );
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const score = chosen;
    if (stage === 'busy') return;
    if (score === null) {
      hint.textContent = copy.choose;
      radios[0]?.focus();
      return;
    }
    stage = 'busy';
    const words = comment.value.trim();
    const given = await context.giveSatisfaction({ score, ...(words === '' ? {} : { comment: words }) });
    if (given) showGiven(score, element('p', { role: 'status' }, copy.thanks));
    else {
      stage = 'asking';
      hint.textContent = copy.failed;
    }
  });
  if (known === null) ask();
  else showGiven(known);

  return {
    node: element('li', { class: 'row options' }, card),
    update(next) {
      if (next.kind !== 'satisfaction' || next.key !== item.key) return false;
      if (next.score === known) return true;
      known = next.score;
      // On another device of the contact; what is being filled in here is not disturbed.
      if (known !== null && (stage === 'given' || (stage === 'asking' && chosen === null))) {
        chosen = known;
        showGiven(known);
      }
      return true;
    },
  };
}

function face(score: Score): SVGElement {
  const drawn = icon(`${ICONS.face}${MOUTHS[score]}`);
  drawn.setAttribute('class', 'face');
  return drawn;
}

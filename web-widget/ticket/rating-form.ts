/** How satisfied the citizen is with the outcome; may be said anew. */
import { element, icon } from '../element.ts';
import { ICONS, MOUTHS } from '../views/icons.ts';
import { copy } from './copy.ts';
import { createField, createStatus, onSubmit } from './fields.ts';
import { answerFailure, type Context, type Open } from './screen.ts';

const words = copy.rating;
type Score = keyof typeof MOUTHS;
const SCORES: readonly Score[] = [1, 2, 3, 4, 5];
/** What the contract allows (src/contracts/chat.ts, held together by a test). */
const LONGEST_COMMENT = 1_000;

export function createRatingForm(context: Context, open: Open): HTMLElement {
  const { ticket, token } = open;
  const radios = SCORES.map((score) =>
    element('input', { type: 'radio', name: 'score', value: String(score) }),
  );
  for (const radio of radios) radio.checked = Number(radio.value) === ticket.satisfaction;
  const faces = SCORES.map((score, at) =>
    element('label', {}, radios[at] ?? '', element('span', {}, face(score), words.scores[score])),
  );
  const comment = createField({
    id: 'comment',
    label: words.comment,
    note: copy.form.optional,
    rows: 2,
    attributes: { maxlength: String(LONGEST_COMMENT) },
  });
  const status = createStatus();
  const submit = element('button', { class: 'solid', type: 'submit' }, words.submit);
  const form = element(
    'form',
    {},
    element(
      'fieldset',
      { class: 'faces', role: 'radiogroup', 'aria-labelledby': 'rating' },
      element('div', {}, ...faces),
    ),
    comment.box,
    submit,
    status,
  );
  onSubmit(form, submit, status, copy.sending, async () => {
    const score = SCORES.find((_score, at) => radios[at]?.checked);
    if (score === undefined) {
      radios[0]?.focus();
      return words.choose;
    }
    const said = comment.value();
    const answer = await context.api.rate(token, { score, ...(said === '' ? {} : { comment: said }) });
    if ('failure' in answer) return answerFailure(context, open, answer.failure, copy.notSent);
    context.go.show(answer.body, words.thanks);
    return '';
  });
  const given = SCORES.find((score) => score === ticket.satisfaction);
  return element(
    'section',
    { class: 'card no-print', 'aria-labelledby': 'rating' },
    element('h3', { id: 'rating' }, words.heading),
    ...(given === undefined ? [] : [element('p', {}, words.given(words.scores[given]))]),
    ...(ticket.mayRate ? [form] : []),
  );
}

function face(score: Score): SVGElement {
  const drawn = icon(`${ICONS.face}${MOUTHS[score]}`);
  drawn.setAttribute('class', 'face');
  return drawn;
}

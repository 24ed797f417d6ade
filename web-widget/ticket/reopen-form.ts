/** An outcome that does not do: the ticket goes on. */
import { button, element } from '../element.ts';
import { copy } from './copy.ts';
import { createField, createStatus, onSubmit } from './fields.ts';
import { answerFailure, type Context, type Open } from './screen.ts';

const words = copy.reopen;
/** What the contract allows (src/contracts/tickets.ts). */
const LONGEST_REASON = '500';

export function createReopenForm(context: Context, ticket: Open): HTMLElement {
  const reason = createField({
    id: 'reason',
    label: words.reason,
    note: copy.form.optional,
    rows: 3,
    attributes: { maxlength: LONGEST_REASON },
  });
  const status = createStatus();
  const submit = element('button', { class: 'solid', type: 'submit' }, words.submit);
  const form = element('form', {}, reason.box, submit, status);
  form.hidden = true;
  const open = button('wide', words.open, () => {
    form.hidden = false;
    open.hidden = true;
    reason.input.focus();
  });
  onSubmit(form, submit, status, copy.sending, async () => {
    const answer = await context.api.reopen(ticket.token, reason.value());
    if ('failure' in answer) return answerFailure(context, ticket, answer.failure, copy.notSent);
    context.go.show(answer.body, words.done);
    return '';
  });
  return element(
    'section',
    { class: 'card no-print', 'aria-labelledby': 'reopen' },
    element('h3', { id: 'reopen' }, words.heading),
    open,
    form,
  );
}

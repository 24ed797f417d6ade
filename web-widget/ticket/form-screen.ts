/** A new ticket, written here. What is typed is kept until the desk has it. */
import type { TicketForm } from '../../src/contracts/citizen-tickets.ts';
import type { ComplaintType } from '../../src/contracts/tickets.ts';
import { button, element } from '../element.ts';
import { copy } from './copy.ts';
import type { FormDraft } from './drafts.ts';
import { createField, createGroup, createStatus, type Field, onSubmit } from './fields.ts';
import type { Context, Screen } from './screen.ts';
import { readEmail, readPhone } from './typed-contact.ts';

const words = copy.form;
type Choice = (typeof words.kinds)[number][0];
/** What the contract allows (src/contracts/answers.ts, held together by a test). */
export const MOST_CHARACTERS = 2_000;
const COUNT_FROM = 1_800;

export function createFormScreen({ api, drafts, go, newKey }: Context): Screen {
  const kept = drafts.form.get();
  let key = kept?.key ?? newKey();
  let tried = kept?.tried ?? false;

  const radios = words.kinds.map(([choice]) =>
    element('input', { type: 'radio', name: 'kind', value: choice, id: `kind-${choice}` }),
  );
  const kindProblem = element('p', { class: 'problem', id: 'kind-problem' });
  const kinds = createGroup(
    words.kind,
    null,
    element(
      'div',
      { class: 'choices' },
      ...words.kinds.map(([, name, about], at) =>
        element(
          'label',
          { class: 'choice' },
          radios[at] ?? '',
          element('span', {}, element('strong', {}, name), ` ${about}`),
        ),
      ),
    ),
    kindProblem,
  );
  kinds.setAttribute('role', 'radiogroup');
  kinds.setAttribute('aria-describedby', 'kind-problem');
  const content = createField({ id: 'content', label: words.content, hint: words.contentHint, rows: 6 });
  const used = element('p', { class: 'hint', role: 'status' });
  const name = createField({
    id: 'name',
    label: words.name,
    note: words.optional,
    attributes: { autocomplete: 'name', maxlength: '100' },
  });
  const phone = createField({
    id: 'phone',
    label: words.phone,
    attributes: { autocomplete: 'tel', inputmode: 'tel', type: 'tel' },
  });
  const email = createField({
    id: 'email',
    label: words.email,
    attributes: { autocomplete: 'email', inputmode: 'email', autocapitalize: 'none', maxlength: '200' },
  });
  const office = createField({
    id: 'office',
    label: words.office,
    note: words.optional,
    hint: words.officeHint,
    attributes: { autocomplete: 'off', maxlength: '200' },
  });
  const fields = { content, name, phone, email, office };
  const chosen = (): Choice | undefined =>
    words.kinds.map(([choice]) => choice).find((_choice, at) => radios[at]?.checked);

  for (const [field, { input }] of Object.entries(fields) as [keyof typeof fields, Field][])
    input.value = kept?.[field] ?? '';
  for (const radio of radios) radio.checked = radio.value === kept?.choice;

  const status = createStatus();
  const submit = element('button', { class: 'solid', type: 'submit' }, words.submit);
  const form = element(
    'form',
    {},
    kinds,
    content.box,
    used,
    office.box,
    createGroup(words.reach, words.reachHint, name.box, phone.box, email.box),
    submit,
    status,
  );
  const keep = (): void => drafts.form.set({ key, tried, choice: chosen() ?? '', ...valuesOf(fields) });
  const count = (): void => {
    const { length } = content.input.value;
    used.textContent = length < COUNT_FROM ? '' : words.used(length, MOST_CHARACTERS);
  };
  form.addEventListener('input', () => {
    if (tried) key = newKey();
    tried = false;
    count();
    kindProblem.textContent = '';
    keep();
  });
  email.input.addEventListener('input', () => phone.complain(null));
  count();

  onSubmit(form, submit, status, copy.sending, async () => {
    const choice = chosen();
    const wrong = judge(fields);
    kindProblem.textContent = choice === undefined ? words.kindMissing : '';
    if (choice === undefined || wrong !== null) {
      (choice === undefined ? radios[0] : wrong?.input)?.focus();
      return '';
    }
    tried = true;
    keep();
    const answer = await api.send({ key, ...kindOf(choice), ...valuesOf(fields) });
    if ('failure' in answer) return answer.failure.message ?? copy.notSent;
    drafts.form.clear();
    go.open(answer.body, true);
    return '';
  });

  const heading = element('h2', { tabindex: '-1' }, words.heading);
  const back = button('plain', words.toLookup, () => go.lookup());
  return {
    heading,
    box: element(
      'section',
      {},
      heading,
      element('p', { class: 'lead' }, words.intro),
      form,
      element('div', { class: 'other' }, back),
    ),
  };
}

type Fields = Readonly<Record<'content' | 'name' | 'phone' | 'email' | 'office', Field>>;

const valuesOf = ({
  content,
  name,
  phone,
  email,
  office,
}: Fields): Omit<FormDraft, 'key' | 'choice' | 'tried'> => ({
  content: content.value(),
  name: name.value(),
  phone: phone.value(),
  email: email.value(),
  office: office.value(),
});

function kindOf(choice: Choice): Pick<TicketForm, 'kind' | 'complaintType'> {
  if (choice === 'feedback' || choice === 'question') return { kind: choice, complaintType: null };
  return { kind: 'complaint', complaintType: choice satisfies ComplaintType };
}

/** The first field that is wrong, after all have said so. */
function judge({ content, phone, email }: Fields): Field | null {
  const written = content.value();
  const reach = { phone: phone.value(), email: email.value() };
  const problems: readonly (readonly [Field, string | null])[] = [
    [
      content,
      written === ''
        ? words.contentMissing
        : written.length > MOST_CHARACTERS
          ? words.contentTooLong(MOST_CHARACTERS)
          : null,
    ],
    [
      phone,
      reach.phone === ''
        ? reach.email === ''
          ? words.reachMissing
          : null
        : readPhone(reach.phone) === null
          ? words.phoneMalformed
          : null,
    ],
    [email, reach.email !== '' && readEmail(reach.email) === null ? words.emailMalformed : null],
  ];
  for (const [field, problem] of problems) field.complain(problem);
  return problems.find(([, problem]) => problem !== null)?.[0] ?? null;
}

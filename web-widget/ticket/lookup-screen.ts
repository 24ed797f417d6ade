/** Code, and phone number or address: the way in. Slips are found before anything is sent. */
import { readTicketCode } from '../../src/contracts/ticket-code.ts';
import { button, element } from '../element.ts';
import { copy } from './copy.ts';
import { createField, createStatus, type Field, onSubmit } from './fields.ts';
import type { Context, Screen } from './screen.ts';
import { readContact } from './typed-contact.ts';

const words = copy.lookup;

export function createLookupScreen({ api, go }: Context, startCode: string, note: string): Screen {
  const heading = element('h2', { tabindex: '-1' }, words.heading);
  const code = createField({
    id: 'code',
    label: words.code,
    hint: words.codeHint,
    attributes: { autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', class: 'code' },
  });
  const contact = createField({
    id: 'contact',
    label: words.contact,
    hint: words.contactHint,
    attributes: { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', inputmode: 'email' },
  });
  code.input.value = startCode;
  const status = createStatus();
  status.textContent = note;
  const submit = element('button', { class: 'solid', type: 'submit' }, words.submit);
  const form = element('form', {}, code.box, contact.box, submit, status);

  onSubmit(form, submit, status, words.looking, async () => {
    const [ticketCode, reach] = [judgeCode(code), judgeContact(contact)];
    if (ticketCode === null || reach === null) {
      (ticketCode === null ? code : contact).input.focus();
      return '';
    }
    const answer = await api.find(ticketCode, reach);
    if ('failure' in answer) return answer.failure.message ?? copy.notRead;
    go.open(answer.body, false);
    return '';
  });

  return {
    heading,
    box: element(
      'section',
      {},
      heading,
      element('p', { class: 'lead' }, words.intro),
      form,
      element('p', { class: 'soft' }, words.lost),
      element(
        'div',
        { class: 'other' },
        element('p', {}, words.other),
        button('plain', words.toForm, go.form),
      ),
    ),
  };
}

/** The code as it was given out; null: it is none, and the field says why. */
function judgeCode(field: Field): string | null {
  if (field.value() === '') {
    field.complain(words.codeMissing);
    return null;
  }
  const read = readTicketCode(field.value());
  switch (read.kind) {
    case 'code':
      field.input.value = read.code;
      return read.code;
    case 'likely':
      field.input.value = read.code;
      field.complain(words.codes.likely(read));
      return null;
    case 'no-such-character':
      field.complain(words.codes['no-such-character'](read));
      return null;
    default:
      field.complain(words.codes[read.kind]());
      return null;
  }
}

function judgeContact(field: Field): string | null {
  const reach = readContact(field.value());
  if (reach === null) field.complain(field.value() === '' ? words.contactMissing : words.contactMalformed);
  return reach;
}

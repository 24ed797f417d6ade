import { expect, it } from 'vitest';
import { findUnknownVariables, MAIL_VARIABLES } from '../../src/contracts/mail.ts';
import { DEFAULT_MAIL_SETTINGS } from '../../src/contracts/mail-defaults.ts';
import { mailCopy } from '../../web-console/features/settings/mail-copy.ts';
import { checkMail, findUnknown } from '../../web-console/features/settings/mail-rules.ts';

const guide = { variables: MAIL_VARIABLES, defaults: DEFAULT_MAIL_SETTINGS, isConfigured: true };
const withReply = (reply: object) => ({
  ...DEFAULT_MAIL_SETTINGS,
  templates: {
    ...DEFAULT_MAIL_SETTINGS.templates,
    reply: { ...DEFAULT_MAIL_SETTINGS.templates.reply, ...reply },
  },
});

it.each(['{ma_phieu} {x} {x} {ma phieu}', '{}', '{ không đóng', '{a\nb}', '{{tra_loi}}'])(
  'what is no variable in "%s" is found as the desk finds it',
  (text) => {
    expect(findUnknown(MAIL_VARIABLES.reply, text)).toEqual(findUnknownVariables('reply', text));
  },
);

it.each([
  [{}, null],
  [{ subject: ' ' }, mailCopy.missing],
  [{ body: '' }, mailCopy.missing],
  [{ body: '{sai} {ma_phieu}' }, mailCopy.unknown(['{sai}'])],
])('templates with %j', (reply, fault) => {
  const expected =
    fault === null ? {} : { 'settings.mail.templates': mailCopy.faultIn(mailCopy.kinds.reply, fault) };
  expect(checkMail(withReply(reply), guide)).toEqual(expected);
});

it('what was never opened is not looked through for variables', () => {
  expect(checkMail(withReply({ body: '{sai}' }), undefined)).toEqual({});
});

import { describe, expect, it } from 'vitest';
import { findUnknownVariables, type MailKind, mailKind, mailSettings } from '../../src/contracts/mail.ts';
import { DEFAULT_MAIL_SETTINGS } from '../../src/contracts/mail-defaults.ts';
import { SAMPLE_VALUES } from '../../src/mail/sample-values.ts';
import { type MailValues, writeMail } from '../../src/mail/templates.ts';

const LINK = 'https://hotro.example.vn/ticket/PA-7K3F9Q?a=1&b=2';

const write = (body: string, values: MailValues = {}, more = {}) =>
  writeMail({
    kind: 'reply',
    template: { subject: '[{ma_phieu}] x', body },
    values,
    signature: '',
    canAnswer: true,
    ...more,
  });
/** What stands above the remark at the end. */
const textOf = (...mail: Parameters<typeof write>) => write(...mail).text.split('\n\n--\n')[0];

describe('a template', () => {
  it.each([
    ['fills in what is known', 'Phiếu {ma_phieu} nhé', { ma_phieu: 'PA-1' }, 'Phiếu PA-1 nhé'],
    ['leaves no gap for a name', 'Kính gửi Anh/Chị {nguoi_gui},', {}, 'Kính gửi Anh/Chị,'],
    ['drops a line that would say nothing', 'Chào\nHạn: {han}\nHết', {}, 'Chào\nHết'],
    ['drops a paragraph that would be empty', 'Chào\n\n{noi_dung}\n\nHết', { noi_dung: '  ' }, 'Chào\n\nHết'],
    ['keeps the lines of a value', '{tra_loi}', { tra_loi: 'một\nhai' }, 'một\nhai'],
    ['does not look into values', '{tra_loi}', { tra_loi: '{ma_phieu}', ma_phieu: 'PA-1' }, '{ma_phieu}'],
    ['is not fooled by $', '{tra_loi}', { tra_loi: "$& $1 $'" }, "$& $1 $'"],
    ['leaves out what it does not know', 'a {constructor} b', {}, 'a b'],
  ])('%s', (_name, body, values, text) => {
    expect(textOf(body, values)).toBe(text);
  });

  it('makes a button of a link on its own, and nothing of one that is no web address', () => {
    expect(write('Xem\n\n{duong_dan}', { duong_dan: LINK }).html).toContain(
      '<a href="https://hotro.example.vn/ticket/PA-7K3F9Q?a=1&amp;b=2"',
    );
    expect(textOf('Xem\n\n{duong_dan}', { duong_dan: LINK })).toBe(`Xem\n\n${LINK}`);
    expect(write('{duong_dan}', { duong_dan: 'javascript:alert(1)' }).html).not.toContain('href');
  });

  it('lets nothing of a value become HTML, or a second line of the subject', () => {
    const evil = `<img src=x onerror=alert(1)> "'&`;
    const values = { tra_loi: evil, nguoi_gui: evil, ma_phieu: 'PA-1\r\nBcc: x@example.com' };
    const { html, subject } = write('Gửi {nguoi_gui}\n\n{tra_loi}', values);
    expect(html).not.toContain('<img');
    expect(html.split('&lt;img src=x onerror=alert(1)&gt; &quot;&#39;&amp;')).toHaveLength(3);
    expect(subject).toBe('[PA-1 Bcc: x@example.com] x');
  });

  it('loads nothing from anywhere', () => {
    const { html } = write('{duong_dan}', { duong_dan: LINK });
    expect(html).not.toMatch(/<(?:img|script|link|iframe)|url\(|\bsrc=/);
  });

  it('tells a contact whether answers are read, and the staff nothing of that', () => {
    const remarks = (['reply', 'assigned'] as const).map((kind) =>
      [true, false].map((canAnswer) => /\n--\n(.*)/.exec(write('x', {}, { kind, canAnswer }).text)?.[1]),
    );
    expect(remarks).toEqual([
      [
        'Anh/Chị có thể trả lời ngay email này để bổ sung thông tin.',
        'Đây là email tự động. Anh/Chị vui lòng không trả lời email này.',
      ],
      [undefined, undefined],
    ]);
  });

  it('has a signature below', () => {
    expect(textOf('x', {}, { signature: 'Trân trọng,\nVssID' })).toBe('x\n\nTrân trọng,\nVssID');
  });
});

describe('the templates that are there at first', () => {
  const { templates, signature } = DEFAULT_MAIL_SETTINGS;
  const of = (kind: MailKind, values: MailValues) =>
    writeMail({ kind, template: templates[kind], values, signature, canAnswer: true });

  it('are right', () => {
    expect(mailSettings.parse(DEFAULT_MAIL_SETTINGS)).toEqual(DEFAULT_MAIL_SETTINGS);
  });

  it.each(mailKind.options)('%s: read well with all values and with the least', (kind) => {
    const full = of(kind, { ...SAMPLE_VALUES, duong_dan: LINK });
    const least = of(kind, { ma_phieu: 'PA-7K3F9Q', loai: 'phản ánh', duong_dan: LINK });
    for (const { subject, text } of [full, least]) {
      expect(subject).toMatch(/^\[PA-7K3F9Q\] \S/);
      expect(text).not.toMatch(/[{}]|undefined| [,.:]|\(\)|\n\n\n| {2}/);
      expect(text).toContain(LINK);
    }
  });

  it('a receipt repeats nothing of what was written: anybody may name the address of somebody else', () => {
    const { subject, text, html } = of('receipt', { ...SAMPLE_VALUES, noi_dung: 'MUA NGAY' });
    expect(subject + text + html).not.toContain('MUA NGAY');
  });
});

it.each([
  ['receipt', '{ma_phieu} {han}', []],
  ['receipt', '{tra_loi}', ['{tra_loi}']],
  ['reply', '{tra_loi} {ma phieu} {} {ma phieu}', ['{ma phieu}', '{}']],
  ['reply', '{ ma_phieu }', ['{ ma_phieu }']],
  ['reply', 'ngoặc { không đóng', []],
] as const)('in %s, "%s" has as mistakes: %j', (kind, text, unknown) => {
  expect(findUnknownVariables(kind, text)).toEqual(unknown);
});

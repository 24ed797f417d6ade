import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { classifyMail } from '../../src/mail/automatic-mail.ts';
import { readMail } from '../../src/mail/read-mail.ts';

const RECEIVED_AT = new Date('2026-10-05T02:20:00Z');
const OWN = ['hotro@bhxh.example'];

const read = (source: Buffer | string) =>
  readMail(Buffer.from(source), { receivedAt: RECEIVED_AT, ownAddresses: OWN });
const readSample = async (name: string) =>
  read(await readFile(path.join(import.meta.dirname, 'mails', `${name}.eml`)));

const SAID = 'Tôi muốn hỏi về thời gian đóng bảo hiểm xã hội ở Thủ Đức.';

describe('a mail', () => {
  it('of Gmail in a browser', async () => {
    expect(await readSample('gmail-web')).toEqual({
      messageId: '<CAF+gmail-1@mail.example>',
      from: { address: 'mau.nguyen@mail.example', name: 'Nguyễn Thị Mẫu' },
      to: ['hotro@bhxh.example'],
      subject: 'Re: [PA-7K3F9Q] Đã tiếp nhận phản ánh của Anh/Chị',
      at: RECEIVED_AT,
      text: 'Cảm ơn bộ phận hỗ trợ. Tôi đã thử lại nhưng vẫn báo sai mã OTP.\nNhờ kiểm tra giúp tôi.',
      quoted: expect.stringMatching(/^Vào Th 2, 5 thg 10[\s\S]*Mã phiếu là PA-7K3F9Q\.\n>$/),
      inReplyTo: '<receipt-1@bhxh.example>',
      references: ['<first@mail.example>', '<receipt-1@bhxh.example>'],
      automatic: null,
      attachments: [],
      leftOut: [],
    });
  });

  it('of a phone, with pictures whose names lead nowhere', async () => {
    const mail = await readSample('gmail-phone');
    expect(mail).toMatchObject({
      from: { name: 'Trần Văn Ví Dụ' },
      to: ['hotro@bhxh.example', 'lan@mail.example', 'a@mail.example', 'b@mail.example'],
      text: 'Em gửi ảnh lỗi ạ',
      quoted: 'Được gửi từ iPhone của tôi',
      inReplyTo: null,
      references: [],
    });
    expect(mail.attachments.map(({ name, content }) => [name, content.length])).toEqual([
      ['ảnh lỗi.jpg', 60],
      ['passwd', 3],
    ]);
  });

  it('of Outlook, without its logo, with signature and quotation folded', async () => {
    expect(await readSample('outlook')).toMatchObject({
      text: 'Chào anh chị,\n\nCông ty tôi chưa nhận được thẻ BHYT của 3 nhân viên.',
      quoted: expect.stringMatching(/^Trân trọng,\nPhạm Thị Thử[\s\S]*về phiếu CH-7K3F9Q/),
      attachments: [],
      leftOut: [],
    });
  });

  it('of an app that sends a page and an empty text', async () => {
    expect(await readSample('phone-app')).toMatchObject({
      text: 'cho em hoi the bhyt cua con em\nbi sai ngay sinh thi sua o dau a',
      quoted: 'Gửi từ điện thoại Android',
    });
  });

  it('of somebody who means ill is its words alone', async () => {
    const { text, quoted } = await readSample('html-with-script');
    expect(quoted).toBe('');
    expect(text).toContain('Chào bạn'.toUpperCase());
    expect(text).toContain('nhé <b>không</b>');
    expect(text).not.toMatch(/steal\(|fetch|alert|xau\.example|background|script>|theo dõi/i);
  });

  it.each(['windows-1258', 'decomposed'])(
    'written in %s is Vietnamese as it is stored elsewhere',
    async (name) => {
      const { subject, text, from } = await readSample(name);
      expect({ subject, text }).toEqual({ subject: 'Hỏi về sổ bảo hiểm', text: SAID });
      expect(from.name).toMatch(/^Lê Thị (?:Cũ|Táo)$/);
    },
  );

  it.each([
    ['gmail-web', null],
    ['auto-reply', 'auto-reply'],
    ['read-receipt', 'auto-reply'],
    ['bounce', 'bounce'],
    ['list', 'bulk'],
    ['own', 'own'],
  ])('%s: automatic is %s', async (name, automatic) => {
    expect((await readSample(name)).automatic).toBe(automatic);
  });

  it('that came back names the one it was', async () => {
    expect((await readSample('bounce')).references).toContain('<receipt-9@bhxh.example>');
  });

  it('without Message-ID and sender has an id of its content', async () => {
    const [one, again, other] = await Promise.all([
      readSample('bare'),
      readSample('bare'),
      read('x: y\n\nother'),
    ]);
    expect(one).toMatchObject({ from: { address: '', name: '' }, to: [], text: 'gi do' });
    expect(one.messageId).toMatch(/^<[0-9a-f]{64}@no-message-id>$/);
    expect([one.messageId === again.messageId, one.messageId === other.messageId]).toEqual([true, false]);
  });

  it('is cut where it is endless, and so is what is attached', async () => {
    const parts = Array.from(
      { length: 12 },
      (_, at) =>
        `--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename=${at}.csv\n\n${at}\n`,
    );
    const mail = await read(
      `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n${'x '.repeat(20_000)}\n${parts.join('')}--b--\n`,
    );
    expect(mail.text.length).toBeLessThan(20_100);
    expect(mail.attachments).toHaveLength(10);
    expect(mail.leftOut).toEqual([
      { name: '10.csv', reason: 'too_many' },
      { name: '11.csv', reason: 'too_many' },
    ]);
    const large = Buffer.concat([
      Buffer.from('Content-Type: application/pdf; name=large.pdf\nContent-Disposition: attachment\n\n'),
      Buffer.alloc(11 * 1024 * 1024, 'x'),
    ]);
    expect((await read(large)).leftOut).toEqual([{ name: 'large.pdf', reason: 'too_large' }]);
  });

  it('nested a thousand times over is read all the same', async () => {
    const page = `${'<div>'.repeat(5_000)}sâu${'</div>'.repeat(5_000)}`;
    const mail = await read(
      `Content-Type: text/html; charset=utf-8\nMessage-ID: <deep@x.example>\n\n${page}`,
    );
    expect(mail.messageId).toBe('<deep@x.example>');
  });
});

describe('what programs send', () => {
  it.each([
    [{}, 'lan@mail.example', 'Hỏi', null],
    [{ 'auto-submitted': 'no' }, 'lan@mail.example', 'Hỏi', null],
    [{ 'auto-submitted': 'auto-replied' }, 'lan@mail.example', 'Hỏi', 'auto-reply'],
    [{ 'auto-submitted': 'auto-generated' }, 'lan@mail.example', 'Hỏi', 'bulk'],
    [{ 'x-auto-response-suppress': 'OOF, AutoReply' }, 'lan@mail.example', 'Hỏi', 'bulk'],
    [{ precedence: 'list' }, 'lan@mail.example', 'Hỏi', 'bulk'],
    [{ precedence: 'auto_reply' }, 'lan@mail.example', 'Hỏi', 'auto-reply'],
    [{ 'list-unsubscribe': '<x>' }, 'lan@mail.example', 'Hỏi', 'bulk'],
    [{ 'return-path': '<>' }, 'lan@mail.example', 'Hỏi', 'auto-reply'],
    [{ 'return-path': '<lan@mail.example>' }, 'lan@mail.example', 'Hỏi', null],
    [{ 'x-autoreply': 'yes' }, 'lan@mail.example', 'Hỏi', 'auto-reply'],
    [{ 'x-failed-recipients': 'x' }, 'lan@mail.example', 'Hỏi', 'bounce'],
    [{ 'x-vssid-desk': 'desk' }, 'desk@khac.example', 'Hỏi', 'own'],
    [{}, 'hotro@bhxh.example', 'Hỏi', 'own'],
    [{}, 'mailer-daemon@mail.example', 'Hỏi', 'bounce'],
    [{}, 'postmaster@mail.example', 'Hỏi', 'bounce'],
    [{}, 'no-reply@mail.example', 'Hỏi', 'bulk'],
    [{}, 'noreplyable.lan@mail.example', 'Hỏi', null],
    [{}, 'lan@mail.example', 'Automatic reply: Hỏi', 'auto-reply'],
    [{}, 'lan@mail.example', 'Trả lời Tự động: Hỏi', 'auto-reply'],
    [{}, 'lan@mail.example', 'Vắng mặt khi giao thẻ thì sao?', null],
  ])('with %j from %s, "%s": %s', (headers, from, subject, automatic) => {
    const header = (name: string) => (headers as Record<string, string>)[name.toLowerCase()];
    expect(classifyMail({ header, from, subject }, OWN)).toBe(automatic);
  });
});

import { expect, it } from 'vitest';
import { type Message, makeMessage } from '../../src/conversations/conversation.ts';
import { writeTranscript } from '../../src/conversations/transcript.ts';

const said = (seq: number, more: Partial<Message>): Message =>
  makeMessage({
    conversation: 'c',
    seq,
    clientId: `m${seq}`,
    author: 'bot',
    at: new Date('2026-11-29T17:30:00Z'),
    ...more,
  });

it('a transcript is plain text in the time of Việt Nam', () => {
  const text = writeTranscript(
    [
      said(1, { author: 'contact', text: 'quên mật khẩu' }),
      said(2, {
        bubbles: [
          {
            kind: 'answer',
            intent: 'password.forgot',
            title: 'Quên mật khẩu',
            markdown: 'Nhắn **BH MK** gửi 8079.\n\n![Màn hình](/media/a.svg)\n\nXem [cổng](https://a.vn/x).',
            sources: [],
          },
        ],
      }),
      said(3, {
        bubbles: [
          {
            kind: 'ticket',
            code: 'PA-222222',
            title: 'Mã phiếu',
            rows: [{ label: 'Nội dung', value: 'chậm' }],
          },
          {
            kind: 'offices',
            offices: [{ code: '1', name: 'BHXH Quận 6', phones: [{ number: '0283', extension: '120' }] }],
          },
        ],
      }),
    ],
    new Date('2026-11-29T17:31:00Z'),
  );
  expect(text).toBe(
    [
      'Nội dung trò chuyện với Hỗ trợ VssID',
      'Tải lúc 00:31 30/11/26',
      '',
      '[00:30 30/11/26] Anh/Chị:',
      'quên mật khẩu',
      '',
      '[00:30 30/11/26] Trợ lý ảo VssID:',
      'Quên mật khẩu',
      'Nhắn BH MK gửi 8079.',
      '',
      'Màn hình',
      '',
      'Xem cổng (https://a.vn/x).',
      '',
      '[00:30 30/11/26] Trợ lý ảo VssID:',
      'Mã phiếu: PA-222222',
      'Nội dung: chậm',
      '',
      'BHXH Quận 6',
      '0283 (số nội bộ 120)',
      '',
    ].join('\n'),
  );
});

/** What this room writes to people, beside the templates and the sentences of its error codes. */
import type { MailKind } from '../contracts/mail.ts';

/** Who reads it is spoken to in another way. */
const forStaff: readonly MailKind[] = ['added', 'assigned', 'deadline'];

export const MAIL_COPY = {
  forStaff,
  seeTicket: 'Xem phiếu',
  openTicket: 'Mở phiếu',
  answerWelcome: 'Anh/Chị có thể trả lời ngay email này để bổ sung thông tin.',
  answerUnread: 'Đây là email tự động. Anh/Chị vui lòng không trả lời email này.',
  testSubject: (subject: string) => `[Gửi thử] ${subject}`,
} as const;

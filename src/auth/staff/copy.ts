/** What this room writes to people, beside the sentences of its error codes. */
import type { LinkPurpose } from './account.ts';

export function writeLinkMail(link: {
  readonly purpose: LinkPurpose;
  readonly name: string;
  readonly url: string;
  readonly expiresAt: Date;
}): { readonly subject: string; readonly text: string } {
  const { purpose, name, url, expiresAt } = link;
  const until = new Intl.DateTimeFormat('vi-VN', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(expiresAt);
  const what = {
    invite: {
      subject: 'Mời tham gia bàn hỗ trợ VssID',
      sentence: 'Anh/Chị được mời làm việc tại bàn hỗ trợ VssID. Mở liên kết sau để đặt mật khẩu:',
    },
    reset: {
      subject: 'Đặt lại mật khẩu bàn hỗ trợ VssID',
      sentence: 'Quản trị viên đã tạo liên kết đặt lại mật khẩu cho Anh/Chị:',
    },
  }[purpose];
  return {
    subject: what.subject,
    text: [
      `Chào ${name},`,
      '',
      what.sentence,
      '',
      url,
      '',
      `Liên kết chỉ dùng được một lần, đến ${until}. Không chuyển liên kết này cho người khác.`,
      'Nếu Anh/Chị không chờ thư này, hãy bỏ qua và báo cho quản trị viên.',
      '',
    ].join('\n'),
  };
}

export function sayRetryAfter(retryAfterMs: number): string {
  return `Thử lại sau ${Math.max(1, Math.ceil(retryAfterMs / 60_000))} phút.`;
}

/** The words around a notice, in both languages: they come with its file, not with the chat. */
import type { LinkWords } from '../render-text.ts';

interface NoticeCopy extends LinkWords {
  readonly close: string;
}

const VI: NoticeCopy = {
  close: 'Đóng thông báo',
  call: (number) => `Gọi ${number}`,
  text: (number) => `Nhắn tin đến ${number}`,
  opensNewTab: ' (mở trang mới)',
};
const EN: NoticeCopy = {
  close: 'Close this notice',
  call: (number) => `Call ${number}`,
  text: (number) => `Text ${number}`,
  opensNewTab: ' (opens a new page)',
};

export const NOTICE_COPY = { vi: VI, en: EN } as const;

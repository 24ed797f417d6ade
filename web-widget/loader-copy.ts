/** Every word the loader shows on a host page. */
import type { Locale } from './embed-protocol.ts';

export interface LoaderCopy {
  /** On the launcher; names the panel and its frame too. */
  readonly launcher: string;
  readonly loading: string;
  readonly failed: string;
  readonly retry: string;
  readonly close: string;
  /** What follows the number of messages. */
  readonly unread: string;
}

export const COPY: Readonly<Record<Locale, LoaderCopy>> = {
  vi: {
    launcher: 'Hỗ trợ VssID',
    loading: 'Đang mở khung chat…',
    failed: 'Chưa mở được khung chat. Anh/Chị kiểm tra mạng rồi thử lại, hoặc báo quản trị trang.',
    retry: 'Thử lại',
    close: 'Đóng',
    unread: 'tin nhắn chưa đọc',
  },
  en: {
    launcher: 'VssID support',
    loading: 'Opening the chat…',
    failed: 'The chat did not open. Check your connection and try again, or tell the site owner.',
    retry: 'Try again',
    close: 'Close',
    unread: 'unread messages',
  },
};

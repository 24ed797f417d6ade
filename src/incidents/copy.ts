/** What incidents add to the words of answers. */
export const PINNED_COPY = {
  /** Above what is pinned. */
  notice: 'Thông báo',
  /** Above the usual answer, where it stands below. */
  usual: 'Hướng dẫn thường dùng',
} as const;

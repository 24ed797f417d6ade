/** Every Vietnamese word of the archive, and of how long things are kept. */
const number = new Intl.NumberFormat('vi-VN');
const many = (count: number): string => number.format(count);

export const archiveCopy = {
  title: 'Kho lưu trữ',
  lead: 'Hội thoại cũ đã chuyển ra khỏi cơ sở dữ liệu. Mỗi lần đọc đều được ghi nhật ký.',
  search: 'Tìm',
  words: 'Từ trong nội dung, tên hoặc số điện thoại',
  wordsHint: 'Không cần gõ dấu',
  agent: 'Nhân viên',
  anyAgent: 'Mọi nhân viên',
  topic: 'Chủ đề',
  anyTopic: 'Mọi chủ đề',
  noTopic: 'Không có chủ đề này',
  from: 'Từ ngày',
  to: 'Đến ngày',
  clear: 'Bỏ lọc',
  searching: 'Đang đọc kho…',
  searched: (searched: number, total: number) =>
    `Đã đọc ${many(Math.min(searched, total))}/${many(total)} hội thoại`,
  found: (count: number) => `Tìm thấy ${many(count)}`,
  all: (total: number) => `${many(total)} hội thoại`,
  goOn: 'Tìm tiếp',
  more: 'Xem thêm',
  nothingYet: 'Chưa thấy trong phần đã đọc.',
  none: 'Không có hội thoại nào khớp.',
  empty: 'Kho còn trống. Hội thoại được chuyển vào đây theo Cài đặt → Lưu giữ dữ liệu.',
  columns: { at: 'Kết thúc', contact: 'Người dùng', topics: 'Chủ đề', agents: 'Nhân viên' },
  open: (name: string) => `Mở hội thoại của ${name}`,
  messages: (count: number) => `${many(count)} tin nhắn`,
  byBot: 'Trợ lý ảo',
  ticket: (code: string) => `Phiếu ${code}`,
  one: {
    back: 'Về kho lưu trữ',
    notice: (at: string) => `Hội thoại trong kho lưu trữ, chuyển vào lúc ${at}. Chỉ đọc.`,
    restore: 'Đưa trở lại',
    restoreTitle: 'Đưa hội thoại trở lại?',
    restoreText:
      'Hội thoại trở lại danh sách ở trạng thái đã đóng. Bản trong kho được xóa. Việc này được ghi nhật ký.',
    restored: 'Đã đưa hội thoại trở lại.',
    span: (from: string, to: string) => `${from} – ${to}`,
  },
  retention: {
    conversations: 'Hội thoại',
    conversationsHint:
      'Hội thoại cũ chuyển vào kho lưu trữ, vẫn tìm và đọc lại được. Số liệu thống kê không đổi.',
    noArchive:
      'Máy chủ này chưa có kho lưu trữ nên không hội thoại nào được chuyển. Quản trị viên cần đặt ARCHIVE_DIR.',
    archive: 'Chuyển hội thoại cũ vào kho lưu trữ',
    archiveAfter: 'Chuyển sau (ngày)',
    archiveAfterHint:
      'Tính từ lần cuối có tin nhắn hay thay đổi. Hội thoại còn phiếu chưa xong được giữ lại.',
    delete: 'Xóa hẳn hội thoại trong kho',
    deleteAfter: 'Xóa sau (ngày)',
    deleteAfterHint:
      'Tính từ khi hội thoại kết thúc. Nội dung và tệp đính kèm mất hẳn; phiếu và số liệu còn lại.',
    other: 'Dữ liệu khác',
    otherHint:
      'Nhật ký thao tác được giữ mãi. Phiên đăng nhập hết hạn sau 12 giờ không dùng, lâu nhất 7 ngày.',
    questions: 'Câu hỏi cho biên tập (ngày)',
    questionsHint: 'Câu hỏi đã che thông tin riêng, dùng để bổ sung nội dung bot. Quá hạn thì xóa.',
    sealed: 'Số đã che (ngày)',
    sealedHint:
      'Số điện thoại, số BHXH bị che trong tin nhắn mà nhân viên còn xem lại được. Áp dụng cho tin nhắn mới.',
    mail: 'Dấu vết email đã gửi (ngày)',
    mailHint: 'Chỉ còn địa chỉ đã che và kết quả gửi. Áp dụng cho email mới.',
    days: (least: number, most: number) => `Nhập số ngày từ ${many(least)} đến ${many(most)}.`,
    deleteBeforeArchive: 'Thời hạn xóa phải dài hơn thời hạn chuyển vào kho.',
    confirmTitle: 'Lưu thời hạn mới?',
    confirm: (preview: {
      readonly archive: number;
      readonly deleteArchived: number;
      readonly questions: number;
    }) =>
      [
        'Với thời hạn mới, trong ít phút tới:',
        preview.archive > 0 ? `• ${many(preview.archive)} hội thoại chuyển vào kho lưu trữ` : '',
        preview.deleteArchived > 0 ? `• ${many(preview.deleteArchived)} hội thoại trong kho bị xóa hẳn` : '',
        preview.questions > 0 ? `• ${many(preview.questions)} câu hỏi bị xóa hẳn` : '',
      ]
        .filter((line) => line !== '')
        .join('\n'),
    confirmAct: 'Lưu và áp dụng',
  },
} as const;

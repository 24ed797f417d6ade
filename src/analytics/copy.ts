/** Every Vietnamese word that this room writes into tables and mails. */
const number = (count: number): string => count.toLocaleString('vi-VN');
const day = (iso: string): string => iso.split('-').reverse().join('/');

export const TABLE_WORDS = {
  day: 'Ngày',
  weekday: 'Thứ',
  hour: 'Giờ',
  weekdays: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ Nhật'],
  platform: 'Nền tảng',
  platforms: { android: 'Android', ios: 'iOS', '': 'Không rõ' } as Readonly<Record<string, string>>,
  appVersion: 'Phiên bản ứng dụng',
  intent: 'Mã chủ đề',
  title: 'Chủ đề',
  nearest: 'Chủ đề gần nhất',
  before: 'Kỳ trước',
  agent: 'Nhân viên',
  activeSeconds: 'Thời gian giữ hội thoại (giây)',
  scores: 'Số lượt chấm điểm',
  office: 'Cơ quan',
  noOffice: '(không nêu cơ quan)',
  median: (name: string): string => `${name}, trung vị (giây)`,
  p95: (name: string): string => `${name}, p95 (giây)`,
} as const;

export const SUMMARY_WORDS = {
  daily: (of: string): string => `[VssID] Số liệu hỗ trợ ngày ${day(of)}`,
  weekly: (from: string, to: string): string => `[VssID] Số liệu hỗ trợ tuần ${day(from)} đến ${day(to)}`,
  lead: (from: string, to: string): string =>
    from === to
      ? `Tóm tắt hoạt động của bàn hỗ trợ ngày ${day(from)}, so với ngày liền trước.`
      : `Tóm tắt hoạt động của bàn hỗ trợ từ ${day(from)} đến ${day(to)}, so với cùng số ngày liền trước.`,
  columns: ['Chỉ số', 'Kỳ này', 'Kỳ trước'],
  topIntents: 'Hỏi nhiều nhất',
  gaps: 'Chưa trả lời được, theo chủ đề gần nhất',
  noTopic: 'Không gần chủ đề nào',
  meanings: 'Cách tính',
  link: 'Xem đầy đủ trong bàn hỗ trợ',
  footer: 'Thư tự động. Bật, tắt hoặc đổi người nhận trong Cài đặt, mục Thống kê.',
  none: 'chưa có',
  number,
  share: (part: number, of: number): string =>
    of === 0 ? '' : ` (${((part / of) * 100).toLocaleString('vi-VN', { maximumFractionDigits: 1 })}%)`,
  score: (mean: number | null, count: number): string =>
    mean === null
      ? 'chưa có'
      : `${mean.toLocaleString('vi-VN', { maximumFractionDigits: 1 })}/5 (${number(count)} lượt)`,
  span: (seconds: number | null): string => {
    if (seconds === null) return 'chưa có';
    if (seconds < 60) return `${Math.round(seconds)} giây`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `${minutes} phút`;
    return `${Math.floor(minutes / 60)} giờ ${minutes % 60} phút`;
  },
} as const;

/** The words of the numbers. What each number means comes from the desk (analytics-definitions.ts). */
const decimal = (value: number, digits = 1): string =>
  value.toLocaleString('vi-VN', { maximumFractionDigits: digits });
const count = (value: number): string => value.toLocaleString('vi-VN');
const days = (many: number): string => (many === 1 ? 'ngày liền trước' : `${many} ngày trước`);

export const words = {
  title: 'Thống kê',
  lead: 'Mỗi con số có cách tính ở dấu hỏi bên cạnh.',
  count,
  decimal,
  updated: (time: string): string => `Cập nhật lúc ${time}`,
  neverUpdated: 'Chưa có lần cập nhật nào',
  print: 'In',
  meaning: (label: string): string => `Cách tính: ${label}`,
  tabs: { overview: 'Tổng quan', content: 'Nội dung', staff: 'Nhân viên', tickets: 'Phiếu' },
  tabList: 'Nhóm số liệu',

  filters: {
    period: 'Khoảng thời gian',
    presets: { today: 'Hôm nay', week: '7 ngày', month: '28 ngày', quarter: '90 ngày', own: 'Tùy chọn' },
    from: 'Từ ngày',
    to: 'Đến ngày',
    platform: 'Nền tảng',
    anyPlatform: 'Mọi nền tảng',
    appVersion: 'Phiên bản',
    anyVersion: 'Mọi phiên bản',
    intent: 'Chủ đề',
    anyIntent: 'Mọi chủ đề',
    agent: 'Nhân viên',
    anyAgent: 'Mọi nhân viên',
    office: 'Cơ quan',
    anyOffice: 'Mọi cơ quan',
    clear: 'Bỏ lọc',
    ticketsNote: 'Phiếu không gắn với nền tảng hay phiên bản ứng dụng nên hai bộ lọc đó không áp dụng ở đây.',
    intentNote: 'Khi lọc theo chủ đề, chỉ còn số liệu của câu hỏi được trả lời bằng chủ đề đó.',
  },
  platforms: { android: 'Android', ios: 'iOS', '': 'Không rõ' } as Readonly<Record<string, string>>,
  noVersion: 'không rõ phiên bản',

  addressFaults: {
    range:
      'Khoảng ngày trong địa chỉ không hợp lệ (từ ngày phải trước đến ngày, tối đa 400 ngày). Đang xem 28 ngày gần nhất.',
    filter: 'Địa chỉ có bộ lọc không hợp lệ. Bộ lọc đó được bỏ qua.',
  },
  empty: 'Chưa có số liệu trong khoảng thời gian này.',
  groups: {
    visits: 'Lượt liên hệ',
    questions: 'Câu hỏi và câu trả lời',
    handover: 'Gặp nhân viên',
    tickets: 'Phiếu',
  },
  share: (part: number, of: number, base: string): string | null =>
    of === 0 ? null : `${decimal((part / of) * 100)}% ${base.toLocaleLowerCase('vi-VN')}`,
  /** In words, beside the arrow. null: nothing was counted before. */
  change: (now: number, before: number, many: number | null): string => {
    if (many === null) return 'Kỳ trước chưa có số liệu';
    if (now === before) return `Không đổi so với ${days(many)}`;
    if (before === 0) return `${days(many)[0]?.toUpperCase()}${days(many).slice(1)} không có`;
    const percent = decimal((Math.abs(now - before) / before) * 100, 0);
    return `${now > before ? 'Tăng' : 'Giảm'} ${percent}% so với ${days(many)}`;
  },
  p95: (span: string): string => `95% trong vòng ${span}`,
  median: 'Trung vị',
  none: 'Chưa có',
  score: (mean: number): string => `${decimal(mean)}/5`,
  scoreCount: (many: number): string => `${count(many)} lượt chấm`,
  scoreEach: (score: number, many: number): string => `${score} điểm: ${count(many)} lượt`,
  scoreList: 'Phân bố điểm',
  showBehind: (label: string): string => `Xem các hội thoại: ${label}`,

  chart: {
    title: 'Theo ngày',
    measure: 'Đường hiển thị',
    asTable: 'Xem dạng bảng',
    asChart: 'Xem dạng biểu đồ',
    day: 'Ngày',
    describe: (names: string, from: string, to: string): string =>
      `Biểu đồ đường theo ngày: ${names}, từ ${from} đến ${to}. Dùng phím mũi tên để đọc từng ngày.`,
    cursor: 'Ngày đang xem',
  },
  heat: {
    title: 'Theo giờ và thứ',
    hint: 'Màu đậm hơn là nhiều hơn. Giờ Việt Nam.',
    weekday: 'Thứ',
    weekdays: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ Nhật'],
    short: ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'],
    measure: 'Số liệu của bảng giờ',
    hour: (hour: number): string => `${hour}h`,
    cell: (weekday: string, hour: number, many: number): string =>
      `${weekday}, ${hour} giờ đến ${hour + 1} giờ: ${count(many)}`,
  },
  editions: 'Theo nền tảng và phiên bản',
  edition: 'Nền tảng, phiên bản',
  intents: 'Hỏi nhiều nhất',
  intent: 'Chủ đề',
  trend: 'So với kỳ trước',
  isNew: 'Mới',
  more: (left: number): string => `Xem thêm ${count(left)} dòng`,
  gaps: 'Chưa trả lời được',
  gapsHint:
    'Câu bị hỏi lại hoặc không hiểu, xếp theo chủ đề gần nhất. Đây là nơi nên dạy thêm cho trợ lý ảo.',
  noTopic: 'Không gần chủ đề nào',
  agents: 'Khối lượng của từng nhân viên',
  agent: 'Nhân viên',
  active: 'Thời gian giữ',
  offices: 'Phiếu theo cơ quan',
  office: 'Cơ quan',
  noOffice: 'Không nêu cơ quan',

  tableOf: (title: string): string => `Bảng: ${title}`,
  download: (table: string): string => `Tải CSV: ${table}`,
  downloadShort: 'CSV',
  downloaded: (name: string): string => `Đã tải ${name}`,

  behind: {
    title: (label: string): string => `Hội thoại: ${label}`,
    empty: 'Không có hội thoại nào.',
    more: 'Xem thêm',
    open: (who: string): string => `Mở hội thoại với ${who}`,
    noMessage: 'Chưa có tin nhắn',
    newTab: ' (mở trang mới)',
  },

  settings: {
    tab: 'Thống kê',
    title: 'Thư tóm tắt số liệu',
    hint: 'Gửi các số chính qua email, kèm cách tính. Cần máy chủ gửi email.',
    summary: 'Gửi thư',
    summaries: {
      off: 'Không gửi',
      daily: 'Mỗi ngày, về ngày hôm trước',
      weekly: 'Thứ Hai hằng tuần, về tuần trước',
    },
    hour: 'Giờ gửi',
    hourOf: (hour: number): string => `${String(hour).padStart(2, '0')}:00`,
    recipients: 'Người nhận',
    recipientsHint: 'Chọn tài khoản hoặc nhập địa chỉ email, nhấn Enter sau mỗi địa chỉ. Tối đa 20.',
    recipientsMissing: 'Chưa có người nhận nào.',
    recipientMalformed: (address: string): string => `“${address}” chưa đúng dạng địa chỉ email.`,
  },
} as const;

/** Every Vietnamese word of the chat itself. Answers and titles come from the desk. */
import { writeDistance } from '../web-sync/place-links.ts';
import type { CalendarDay } from './sync/days.ts';

/** Within a sentence. */
const ON_WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];
const WEEKDAYS = ['Chủ nhật', 'Thứ hai', 'Thứ ba', 'Thứ tư', 'Thứ năm', 'Thứ sáu', 'Thứ bảy'];

export const VI = {
  title: 'Hỗ trợ VssID',
  menu: 'Tùy chọn',
  close: 'Đóng cửa sổ chat',

  status: {
    connecting: 'Đang kết nối…',
    online: 'Trợ lý ảo, trả lời ngay',
    waiting: 'Đang kết nối lại…',
    offline: 'Máy đang mất mạng',
    degraded: 'Đang gián đoạn',
    busy: 'Đang đông người',
    checking: 'Đang kiểm tra…',
    refused: 'Chờ đăng nhập lại',
    queued: 'Đang chờ nhân viên',
    active: 'Nhân viên đang hỗ trợ',
    closed: 'Cuộc trò chuyện đã kết thúc',
  },
  banner: {
    offline: 'Máy đang mất mạng. Anh/Chị cứ viết, tin nhắn sẽ tự gửi khi có mạng lại.',
    waiting: 'Đang kết nối lại… Tin nhắn của Anh/Chị vẫn được giữ.',
    degraded: 'Hệ thống lưu trữ đang gián đoạn. Em vẫn trả lời tạm, tin nhắn sẽ tự gửi lại sau.',
    busy: 'Đang có nhiều người hỏi cùng lúc. Tin nhắn của Anh/Chị được giữ và sẽ tự gửi trong giây lát.',
    checking: 'Đang kiểm tra kết nối… Đang có rất đông người hỏi, Anh/Chị chờ vài giây nhé.',
    refused: 'Phiên đăng nhập đã hết hạn. Anh/Chị đăng nhập lại trong ứng dụng để xem tiếp cuộc trò chuyện.',
    /** Nobody is there. */
    queued: 'Chưa có nhân viên trực. Yêu cầu của Anh/Chị vẫn ở hàng chờ.',
    closed: 'Cuộc trò chuyện đã kết thúc. Tin nhắn mới sẽ bắt đầu cuộc trò chuyện mới với trợ lý ảo.',
    retry: 'Thử lại',
    withoutSigningIn: 'Tiếp tục không đăng nhập',
    callback: 'Để lại số, nhân viên gọi lại',
    backToBot: 'Không chờ nữa',
    reopen: 'Mở lại cuộc trò chuyện',
    reopenFailed: 'Chưa mở lại được. Anh/Chị kiểm tra mạng rồi thử lại nhé.',
  },
  queue: {
    place: (position: number): string =>
      position === 1 ? 'Anh/Chị là người tiếp theo' : `Anh/Chị ở vị trí thứ ${position}`,
    /** Whole minutes. */
    wait: (low: number, high: number): string =>
      low === 0 ? `thường chờ dưới ${high} phút` : `thường chờ ${low}–${high} phút`,
    back: (time: string, day: CalendarDay, daysAhead: number): string =>
      `Hết giờ trực, nhân viên trở lại lúc ${time} ${onDay(day, daysAhead)}. Chỗ chờ của Anh/Chị vẫn được giữ.`,
  },

  welcome: {
    greeting: 'Xin chào Anh/Chị!',
    intro: 'Em là trợ lý ảo của VssID. Anh/Chị cần em giúp việc gì? Gõ có dấu hay không dấu đều được.',
    mostAsked: 'Nhiều người hỏi',
    notice: 'Đây là trợ lý ảo, không phải nhân viên. Đừng gõ mật khẩu hay mã OTP vào đây.',
    human: 'Gặp nhân viên',
  },

  voice: {
    title: 'Gọi tổng đài',
    notLoaded: 'Chưa gọi được. Anh/Chị kiểm tra mạng rồi thử lại nhé.',
  },

  conversation: 'Cuộc trò chuyện',
  earlier: 'Xem tin nhắn cũ hơn',
  loading: 'Đang tải…',
  newMessages: 'Có tin mới',
  authors: {
    contact: 'Anh/Chị',
    bot: 'Trợ lý ảo',
    agent: 'Nhân viên hỗ trợ',
    system: 'Thông báo',
  },
  agent: (name: string): string => `Nhân viên ${name}`,
  helpedBy: (name: string): string => `Nhân viên ${name} đang hỗ trợ`,
  said: (author: string): string => `${author}: `,
  typing: { bot: 'Đang trả lời…', agent: 'Nhân viên đang viết…' },
  choices: 'Anh/Chị chọn một ý, hoặc viết tiếp ở dưới',

  composer: 'Viết tin nhắn',
  message: 'Tin nhắn của Anh/Chị',
  placeholder: 'Viết câu hỏi ở đây…',
  send: 'Gửi',
  charactersUsed: (used: number, most: number): string =>
    `${withDots(used)}/${withDots(most)} ký tự${used > most ? '. Dài quá, Anh/Chị viết ngắn lại giúp em nhé.' : ''}`,

  files: {
    attach: 'Gửi ảnh hoặc tệp PDF',
    chosen: 'Ảnh và tệp sẽ gửi',
    uploading: (percent: number): string => `Đang tải lên ${percent}%`,
    ready: 'Đã tải lên',
    sendsSoon: 'Tin nhắn sẽ tự gửi ngay khi tải xong.',
    cancel: (name: string): string => `Bỏ ${name}`,
    retry: (name: string): string => `Thử lại ${name}`,
    failed: 'Chưa tải lên được. Anh/Chị kiểm tra mạng rồi thử lại nhé.',
    failures: {
      attachment_too_large: 'Tệp lớn quá 10 MB. Anh/Chị chọn tệp nhỏ hơn nhé.',
      attachment_type: 'Chỉ gửi được ảnh và tệp PDF.',
      too_many_attachments: 'Anh/Chị đã gửi nhiều tệp. Đợi ít phút rồi thử lại nhé.',
    },
    tooMany: (most: number): string => `Mỗi lần gửi được nhiều nhất ${most} tệp.`,
    /** What a message says that is nothing but files. */
    sentPicture: 'Tôi gửi ảnh.',
    sentFile: 'Tôi gửi tệp.',
    size: (bytes: number): string =>
      bytes < MEGABYTE
        ? `${Math.max(1, Math.round(bytes / 1024))} KB`
        : `${(bytes / MEGABYTE).toFixed(1).replace('.', ',')} MB`,
  },

  satisfaction: {
    question: 'Anh/Chị thấy lần hỗ trợ này thế nào?',
    scores: {
      1: 'Rất tệ',
      2: 'Chưa tốt',
      3: 'Tạm được',
      4: 'Tốt',
      5: 'Rất tốt',
    },
    comment: 'Góp ý thêm (không bắt buộc)',
    send: 'Gửi đánh giá',
    choose: 'Anh/Chị chọn một mức trước khi gửi nhé.',
    thanks: 'Cảm ơn Anh/Chị đã đánh giá.',
    given: 'Anh/Chị đã đánh giá:',
    change: 'Đánh giá lại',
    failed: 'Chưa gửi được đánh giá. Anh/Chị kiểm tra mạng rồi thử lại nhé.',
  },

  sending: 'Đang gửi…',
  waitingToSend: 'Chưa gửi, sẽ tự gửi lại',
  sent: 'Đã gửi',
  seen: 'Nhân viên đã xem',
  notSent: 'Chưa gửi được',
  sendAgain: 'Gửi lại',
  edit: 'Sửa lại',
  remove: 'Bỏ',
  /** The desk's own sentence is Vietnamese already. */
  refusal: (_code: string, sentence: string): string => sentence,

  redacted: (what: string): string => `Em đã che ${what} để giữ an toàn cho Anh/Chị.`,
  neverTell: 'Mật khẩu và mã OTP: Anh/Chị đừng gửi cho ai, kể cả nhân viên.',
  changePassword: 'Nếu là mật khẩu thật, Anh/Chị nên đổi mật khẩu ngay.',
  hidden: {
    password: 'mật khẩu',
    otp: 'mã OTP',
    nationalId: 'số CCCD/CMND',
    passport: 'số hộ chiếu',
    bhxhNumber: 'mã số BHXH',
    bhytCard: 'số thẻ BHYT',
    phone: 'số điện thoại',
    number: 'dãy số dài',
  },
  listed: (items: readonly string[]): string => joined(items, ' và '),

  sources: 'Nguồn',
  copy: 'Sao chép',
  copied: 'Đã sao chép.',
  copyFailed: 'Chưa sao chép được. Anh/Chị nhấn giữ vào chữ để chép nhé.',
  copyCode: 'Sao chép mã',
  call: (number: string): string => `Gọi ${number}`,
  text: (number: string): string => `Nhắn tin đến ${number}`,
  extension: (extension: string): string => `nội bộ ${extension}`,
  distance: (metres: number): string => `Cách Anh/Chị khoảng ${writeDistance(metres, ',')}`,
  hours: (hours: string): string => `Giờ làm việc: ${hours}`,
  map: 'Xem bản đồ',
  location: {
    mine: 'Vị trí của tôi',
    asking: 'Đang lấy vị trí…',
    unknown: 'Chưa lấy được vị trí. Anh/Chị cho phép trang này dùng Vị trí, hoặc ghi tên quận, huyện.',
  },
  opensNewTab: ' (mở trang mới)',
  enlarge: (alt: string): string => `Xem ảnh lớn: ${alt}`,
  image: 'Ảnh minh họa',
  zoomIn: 'Phóng to',
  zoomOut: 'Thu nhỏ',
  ticketCode: 'Mã phiếu',
  openTicket: 'Xem phiếu, in biên nhận',

  rating: {
    question: 'Câu trả lời có giúp được không?',
    yes: 'Có',
    no: 'Chưa',
    why: 'Điều gì chưa được ạ?',
    reasons: {
      wrong: 'Không đúng câu hỏi',
      unclear: 'Khó hiểu',
      incomplete: 'Còn thiếu',
      'did-not-work': 'Làm theo không được',
      other: 'Lý do khác',
    },
    thanks: 'Cảm ơn Anh/Chị đã góp ý.',
    wasHelpful: 'Anh/Chị thấy câu này có ích.',
    wasNot: 'Anh/Chị thấy câu này chưa giúp được.',
    failed: 'Chưa ghi nhận được. Anh/Chị thử lại sau nhé.',
    human: 'Gặp nhân viên',
  },

  provisional: {
    title: 'Trả lời tạm, hệ thống lưu trữ đang gián đoạn',
    unknown: 'Em chưa có câu trả lời cho câu này. Khi hệ thống ổn định, em sẽ trả lời tiếp.',
    whichOne: 'Anh/Chị muốn hỏi điều nào?',
  },

  settings: {
    largeText: 'Cỡ chữ lớn',
    sound: 'Âm báo khi có tin mới',
    language: 'Ngôn ngữ',
    phone: 'Điện thoại của Anh/Chị',
    phones: { android: 'Android', ios: 'iPhone', none: 'Chưa chọn' },
    download: 'Tải nội dung trò chuyện',
    erase: 'Xóa dữ liệu của tôi',
    done: 'Xong',
  },
  transcript: {
    fileName: 'tro-chuyen-vssid.txt',
    title: 'Nội dung trò chuyện',
    done: 'Đã tải nội dung trò chuyện.',
    failed: 'Chưa tải được nội dung. Anh/Chị kiểm tra mạng rồi thử lại nhé.',
  },
  erase: {
    title: 'Xóa dữ liệu của Anh/Chị?',
    body: 'Toàn bộ tin nhắn trong cuộc trò chuyện này sẽ bị xóa hẳn, không lấy lại được. Câu hỏi đã che số riêng có thể được giữ để cải thiện trợ lý, không còn gắn với Anh/Chị. Phiếu đã gửi vẫn được giữ cho đến khi giải quyết xong.',
    confirm: 'Xóa hẳn',
    cancel: 'Không xóa',
    done: 'Đã xóa dữ liệu của Anh/Chị.',
    failed: 'Chưa xóa được. Anh/Chị kiểm tra mạng rồi thử lại nhé.',
  },
  dialogClose: 'Đóng',

  day: (day: CalendarDay, daysAgo: number): string => {
    if (daysAgo === 0) return 'Hôm nay';
    if (daysAgo === 1) return 'Hôm qua';
    return `${WEEKDAYS[day.weekday]}, ${day.day}/${day.month}/${day.year}`;
  },
};

export type Copy = typeof VI;

/** What widget.html itself says: it must be there before, and without, the script. */
export const STATIC_COPY = {
  title: 'Hỗ trợ VssID',
  description: 'Trợ lý ảo của VssID: cài đặt, đăng ký, đăng nhập, mật khẩu, thẻ BHYT.',
  heading: 'Hỗ trợ VssID',
  opening: 'Đang mở…',
  noscript: 'Trang này cần JavaScript. Anh/Chị bật JavaScript trong trình duyệt rồi tải lại trang nhé.',
};

/** Instead of the English words, where these could not be loaded. */
export const NO_ENGLISH = 'Chưa tải được tiếng Anh. English could not be loaded, please try again later.';

const MEGABYTE = 1024 * 1024;

function onDay(day: CalendarDay, daysAhead: number): string {
  if (daysAhead === 0) return 'hôm nay';
  if (daysAhead === 1) return 'ngày mai';
  const weekday = ON_WEEKDAYS[day.weekday] ?? '';
  return daysAhead < 7 ? weekday : `${weekday}, ${day.day}/${day.month}`;
}

function joined(items: readonly string[], last: string): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')}${last}${items[items.length - 1]}`;
}

/** 1850 → "1.850" */
function withDots(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '.');
}

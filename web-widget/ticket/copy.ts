/** Every Vietnamese word of the citizen's page of tickets. What the desk refuses it says itself. */

import type { TypedTicketCode } from '../../src/contracts/ticket-code.ts';
import type { TicketOutcome, TicketStatus } from '../../src/contracts/tickets.ts';
import type { CalendarDay } from '../sync/days.ts';

const MEGABYTE = 1024 * 1024;

export const copy = {
  title: 'Tra cứu phiếu | Hỗ trợ VssID',
  notSent: 'Chưa gửi được. Anh/Chị kiểm tra mạng rồi bấm gửi lại. Những gì đã viết vẫn được giữ.',
  notRead: 'Chưa kết nối được. Anh/Chị kiểm tra mạng rồi thử lại.',
  sending: 'Đang gửi…',
  required: 'bắt buộc',
  opensNewTab: ' (mở trang mới)',
  call: (number: string): string => `Gọi ${number}`,
  text: (number: string): string => `Nhắn tin đến ${number}`,
  back: 'Quay lại',

  lookup: {
    heading: 'Tra cứu phiếu',
    intro: 'Anh/Chị nhập mã phiếu, và số điện thoại hoặc email đã khai khi gửi phiếu.',
    code: 'Mã phiếu',
    codeHint: 'Ví dụ PA-7K3F9Q. Viết chữ thường cũng được.',
    contact: 'Số điện thoại hoặc email',
    contactHint: 'Đúng số hoặc email đã khai khi gửi phiếu.',
    submit: 'Xem phiếu',
    looking: 'Đang tìm…',
    codeMissing: 'Anh/Chị chưa nhập mã phiếu.',
    contactMissing: 'Anh/Chị chưa nhập số điện thoại hoặc email.',
    contactMalformed: 'Số điện thoại cần đủ 10 số, ví dụ 0912 345 678. Email có dạng ten@gmail.com.',
    codes: {
      malformed: () => 'Mã phiếu gồm hai chữ PA, GY, GL hoặc CH, rồi sáu ký tự, ví dụ PA-7K3F9Q.',
      'no-such-character': ({ character }) =>
        `Mã phiếu không có ký tự “${character}”. Anh/Chị xem lại giúp: không có số 0, số 1 và các chữ I, L, O.`,
      slip: () => 'Mã phiếu có ký tự chưa đúng. Anh/Chị so lại từng ký tự với mã đã ghi.',
      likely: ({ code }) => `Có phải mã phiếu là ${code} không? Đúng thì Anh/Chị bấm “Xem phiếu” lần nữa.`,
    } satisfies {
      [Kind in Exclude<TypedTicketCode['kind'], 'code'>]: (
        read: Extract<TypedTicketCode, { kind: Kind }>,
      ) => string;
    },
    lost: 'Quên mã phiếu? Anh/Chị hỏi nhân viên trong khung chat.',
    other: 'Chưa gửi phiếu nào?',
    toForm: 'Gửi phản ánh, kiến nghị',
    expired: 'Đã hết thời gian xem phiếu. Anh/Chị nhập lại để xem tiếp. Những gì đang viết vẫn được giữ.',
  },

  form: {
    heading: 'Gửi phản ánh, kiến nghị',
    intro: 'Gửi xong, Anh/Chị nhận mã phiếu để theo dõi và bổ sung về sau.',
    kind: 'Anh/Chị muốn gửi',
    kinds: [
      ['report', 'Phản ánh', 'một việc chưa đúng, chậm trễ, gây khó khăn'],
      ['petition', 'Kiến nghị', 'đề xuất thay đổi, giải quyết một việc'],
      ['grievance', 'Khiếu nại', 'không đồng ý với một quyết định, một việc làm'],
      ['denunciation', 'Tố cáo', 'báo một hành vi trái pháp luật'],
      ['feedback', 'Góp ý', 'về ứng dụng VssID hay việc phục vụ'],
      ['question', 'Câu hỏi', 'cần được giải đáp'],
    ] as const,
    kindMissing: 'Anh/Chị chọn một loại.',
    content: 'Nội dung',
    contentHint: 'Chuyện gì xảy ra, ở đâu, khi nào. Anh/Chị đừng ghi mật khẩu hay mã OTP.',
    contentMissing: 'Anh/Chị chưa viết nội dung.',
    contentTooLong: (most: number): string =>
      `Nội dung dài quá ${withDots(most)} ký tự. Anh/Chị viết ngắn lại giúp.`,
    used: (used: number, most: number): string => `${withDots(used)}/${withDots(most)} ký tự`,
    name: 'Họ và tên',
    phone: 'Số điện thoại',
    email: 'Email',
    reach: 'Cách liên hệ',
    reachHint:
      'Cần ít nhất số điện thoại hoặc email, để tra cứu phiếu về sau. Thông tin này chỉ dùng cho việc xử lý phiếu.',
    reachMissing: 'Anh/Chị điền số điện thoại hoặc email.',
    phoneMalformed: 'Số điện thoại cần đủ 10 số, ví dụ 0912 345 678.',
    emailMalformed: 'Email có dạng ten@gmail.com.',
    office: 'Cơ quan liên quan',
    officeHint: 'Ví dụ BHXH Quận 6. Không rõ thì để trống.',
    optional: 'không bắt buộc',
    submit: 'Gửi phiếu',
    toLookup: 'Tra cứu phiếu đã gửi',
  },

  ticket: {
    heading: (code: string): string => `Phiếu ${code}`,
    kinds: { complaint: 'Phản ánh', feedback: 'Góp ý', callback: 'Yêu cầu gọi lại', question: 'Câu hỏi' },
    complaintTypes: {
      report: 'Phản ánh',
      petition: 'Kiến nghị',
      grievance: 'Khiếu nại',
      denunciation: 'Tố cáo',
    },
    created: 'Đã nhận phiếu của Anh/Chị',
    createdHint: 'Anh/Chị ghi lại mã này, hoặc in biên nhận. Cần mã để xem kết quả về sau.',
    code: 'Mã phiếu',
    progress: 'Tình trạng xử lý',
    steps: { received: 'Đã nhận', working: 'Đang xử lý', done: 'Có kết quả' },
    stepStates: { done: 'xong', now: 'đang ở bước này', later: 'chưa tới' },
    statuses: {
      new: 'Phiếu đã được nhận, đang chờ nhân viên xem.',
      in_progress: 'Nhân viên đang xử lý.',
      waiting: 'Nhân viên đang chờ Anh/Chị bổ sung thông tin. Xem yêu cầu ở phần “Trao đổi” bên dưới.',
      resolved: 'Đã có kết quả. Anh/Chị xem trả lời ở phần “Trao đổi” bên dưới.',
      closed: 'Phiếu đã kết thúc.',
    } satisfies Record<TicketStatus, string>,
    outcomes: {
      solved: null,
      rejected: 'Phiếu không được tiếp nhận giải quyết.',
      merged: 'Phiếu đã được gộp vào một phiếu khác cùng nội dung.',
      erased: 'Dữ liệu cá nhân của phiếu đã được xóa.',
    } satisfies Record<TicketOutcome, string | null>,
    reason: (reason: string): string => `Lý do: ${reason}`,
    expected: (day: string): string => `Dự kiến có kết quả trước ${day}.`,
    refresh: 'Xem tin mới nhất',
    refreshed: 'Đã cập nhật.',
    print: 'In biên nhận',
    content: 'Nội dung đã gửi',
    rows: {
      kind: 'Loại phiếu',
      createdAt: 'Ngày gửi',
      office: 'Cơ quan liên quan',
      name: 'Họ và tên',
      phone: 'Số điện thoại',
      email: 'Email',
    },
    timeline: 'Trao đổi',
    entries: {
      created: 'Anh/Chị gửi phiếu',
      reply: (by: string | null): string => (by === null ? 'Nhân viên trả lời' : `Nhân viên ${by} trả lời`),
      information: 'Anh/Chị bổ sung',
      call: 'Nhân viên gọi điện',
      rating: 'Anh/Chị đánh giá',
      status: (status: TicketStatus | null): string =>
        ({
          new: 'Mở lại phiếu',
          in_progress: 'Bắt đầu xử lý',
          waiting: 'Chờ Anh/Chị bổ sung',
          resolved: 'Có kết quả',
          closed: 'Kết thúc phiếu',
        })[status ?? 'in_progress'],
    },
    done: 'Xong, đóng phiếu',
    mergedInto: 'Việc này được xử lý tiếp trong phiếu',
    openMain: 'Tra cứu phiếu này',
    data: 'Dữ liệu của Anh/Chị',
    download: 'Tải dữ liệu của phiếu',
    downloaded: 'Đã tải dữ liệu.',
    notDownloaded: 'Trình duyệt này không tải tệp được. Anh/Chị mở trang bằng trình duyệt khác.',
    erase: 'Xóa dữ liệu cá nhân',
  },

  information: {
    open: 'Bổ sung thông tin',
    heading: 'Bổ sung thông tin',
    text: 'Điều cần bổ sung',
    hint: 'Anh/Chị đừng ghi mật khẩu hay mã OTP.',
    attach: 'Thêm ảnh hoặc tệp PDF',
    submit: 'Gửi bổ sung',
    missing: 'Anh/Chị viết điều cần bổ sung, hoặc thêm ảnh.',
    onlyFiles: 'Gửi kèm ảnh, tệp.',
    wait: 'Ảnh đang tải lên, sẽ gửi ngay khi tải xong…',
    sent: 'Đã gửi bổ sung.',
    kept: 'Phần viết dở lần trước vẫn còn đây.',
    tooMany: (most: number): string => `Mỗi lần gửi được nhiều nhất ${most} tệp.`,
  },
  banner: { retry: 'Thử lại' },
  refusal: (_code: string, sentence: string): string => sentence,
  files: {
    chosen: 'Ảnh và tệp sẽ gửi',
    uploading: (percent: number): string => `Đang tải lên ${percent}%`,
    ready: 'Đã tải lên',
    cancel: (name: string): string => `Bỏ ${name}`,
    retry: (name: string): string => `Thử lại ${name}`,
    failed: 'Chưa tải lên được. Anh/Chị kiểm tra mạng rồi thử lại.',
    failures: {
      attachment_too_large: 'Tệp lớn quá 10 MB. Anh/Chị chọn tệp nhỏ hơn.',
      attachment_type: 'Chỉ gửi được ảnh và tệp PDF.',
      too_many_attachments: 'Anh/Chị đã gửi nhiều tệp. Đợi ít phút rồi thử lại.',
    },
    size: (bytes: number): string =>
      bytes < MEGABYTE
        ? `${Math.max(1, Math.round(bytes / 1024))} KB`
        : `${(bytes / MEGABYTE).toFixed(1).replace('.', ',')} MB`,
  },

  rating: {
    heading: 'Anh/Chị thấy kết quả này thế nào?',
    scores: { 1: 'Rất tệ', 2: 'Chưa tốt', 3: 'Tạm được', 4: 'Tốt', 5: 'Rất tốt' },
    comment: 'Góp ý thêm',
    submit: 'Gửi đánh giá',
    choose: 'Anh/Chị chọn một mức trước khi gửi.',
    thanks: 'Cảm ơn Anh/Chị đã đánh giá.',
    given: (score: string): string => `Anh/Chị đã đánh giá: ${score}.`,
  },

  reopen: {
    open: 'Chưa ổn, mở lại phiếu',
    heading: 'Mở lại phiếu',
    reason: 'Điều gì chưa ổn?',
    submit: 'Mở lại phiếu',
    done: 'Đã mở lại phiếu. Nhân viên sẽ xem tiếp.',
  },

  erase: {
    heading: 'Xóa dữ liệu cá nhân?',
    /** Of complaints the law wants what was said; of all else nothing of it stays. */
    complaint: {
      gone: 'Sẽ xóa hẳn: họ tên, số điện thoại, email và các tệp Anh/Chị đã gửi.',
      stays:
        'Vẫn giữ theo quy định về giải quyết phản ánh, kiến nghị, khiếu nại: mã phiếu, ngày gửi, nội dung và kết quả xử lý, sau khi đã che tên và các dãy số của Anh/Chị.',
    },
    other: {
      gone: 'Sẽ xóa hẳn: họ tên, số điện thoại, email, toàn bộ nội dung và các tệp Anh/Chị đã gửi.',
      stays: 'Chỉ còn giữ để thống kê: mã phiếu, loại phiếu, ngày gửi và kết quả xử lý.',
    },
    after:
      'Sau đó Anh/Chị không tra cứu được phiếu này nữa, phiếu chưa xong thì dừng xử lý. Việc này không hoàn lại được.',
    confirm: 'Xóa hẳn',
    cancel: 'Không xóa',
    done: 'Đã xóa dữ liệu cá nhân của phiếu.',
  },

  receipt: {
    heading: 'Biên nhận',
    desk: 'Bàn hỗ trợ VssID, Bảo hiểm xã hội Việt Nam',
    scan: 'Quét mã để mở trang tra cứu',
    ask: 'Xem kết quả, bổ sung thông tin tại địa chỉ trên, với mã phiếu và số điện thoại hoặc email đã khai. Cần hỏi thêm: mở ứng dụng VssID, mục Hỗ trợ.',
    printedAt: (moment: string): string => `In lúc ${moment}`,
  },

  day: ({ day, month, year }: CalendarDay): string => `${day}/${month}/${year}`,
  moment: (time: string, { day, month, year }: CalendarDay): string => `${time} ngày ${day}/${month}/${year}`,
  exportName: (code: string): string => `phieu-${code}.json`,
};

/** What ticket.html itself says: it must be there before, and without, the script. */
export const STATIC_COPY = {
  title: copy.title,
  description:
    'Tra cứu phiếu phản ánh, kiến nghị đã gửi đến bàn hỗ trợ VssID, bổ sung thông tin, in biên nhận.',
  heading: 'Hỗ trợ VssID',
  place: 'Phiếu phản ánh, kiến nghị',
  opening: 'Đang mở…',
  noscript: 'Trang này cần JavaScript. Anh/Chị bật JavaScript trong trình duyệt rồi tải lại trang.',
  chat: 'Hỏi trợ lý ảo',
  home: 'Trang hỗ trợ',
};

/** 1850 → "1.850" */
function withDots(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '.');
}

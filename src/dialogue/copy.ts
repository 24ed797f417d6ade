/** Everything the bot says in its own words. It calls itself "em" and the contact "Anh/Chị". */
import type { TicketKind } from '../contracts/tickets.ts';
import { asInVietnam } from '../kernel/vietnam-time.ts';

const list = (items: readonly string[]): string => items.join(', ');

export const copy = {
  choices: {
    agent: 'Gặp nhân viên',
    callback: 'Để lại số, nhân viên gọi lại',
    backToBot: 'Không chờ nữa',
    complaint: 'Gửi phản ánh',
    newTicket: 'Gửi phiếu mới',
    none: 'Không phải các ý trên',
    again: 'Xem lại hướng dẫn',
    location: 'Chia sẻ vị trí',
    android: 'Máy Android (Samsung, Oppo…)',
    ios: 'Máy iPhone, iPad',
    flow: {
      confirm: 'Gửi',
      edit: 'Sửa',
      cancel: 'Hủy',
      skip: 'Bỏ qua',
      retry: 'Thử lại',
      continue: 'Làm tiếp',
      add: 'Bổ sung thông tin',
    },
  },

  clarify: {
    several: 'Dạ, Anh/Chị muốn hỏi ý nào dưới đây ạ?',
    one: (title: string) => `Dạ, có phải Anh/Chị muốn hỏi: **${title}** không ạ?`,
    others: 'Dạ, em hiểu chưa đúng ý. Anh/Chị muốn hỏi ý nào dưới đây ạ?',
    rephrase:
      'Dạ, em chưa hiểu đúng ý Anh/Chị. Anh/Chị nói lại bằng cách khác giúp em, ví dụ: “quên mật khẩu thì làm sao”.',
  },

  unknown: {
    first:
      'Dạ, câu này em chưa trả lời được ạ. Em giúp được việc dùng ứng dụng VssID: cài đặt, đăng ký, lấy lại mật khẩu, xem thẻ BHYT.',
    again:
      'Dạ, em xin lỗi, em vẫn chưa giúp được câu này. Anh/Chị có muốn gặp nhân viên, hoặc để lại số để nhân viên gọi lại không ạ?',
    /** From the third time on, in turn. */
    further: [
      'Dạ, việc này em chưa có câu trả lời. Nhân viên giúp được Anh/Chị, hoặc Anh/Chị để lại số để được gọi lại ạ.',
      'Dạ, em chưa hiểu được ý này ạ. Anh/Chị chọn gặp nhân viên hoặc để lại số giúp em nhé.',
    ],
  },

  answer: {
    sameForPlatform: (platform: string) => `Dạ, phần này trên ${platform} cũng làm giống như em vừa gửi ạ.`,
    otherPlatformUnknown: (platform: string) => `Dạ, em chưa có hướng dẫn riêng cho ${platform} ạ.`,
    platformNoted: (platform: string) => `Dạ, em ghi nhớ Anh/Chị dùng ${platform}. Anh/Chị cần hỏi gì ạ?`,
    repeated:
      'Dạ, cách làm em vừa gửi ở trên ạ. Nếu làm rồi mà chưa được, Anh/Chị thử cách khác hoặc gặp nhân viên nhé.',
    repeatedAgain:
      'Dạ, có lẽ hướng dẫn ở trên chưa đúng việc Anh/Chị cần. Anh/Chị có muốn gặp nhân viên, hoặc để lại số để nhân viên gọi lại không ạ?',
    notWorking:
      'Dạ, Anh/Chị đang vướng ở bước nào, máy báo chữ gì ạ? Anh/Chị nhắn giúp em, hoặc gặp nhân viên để được xem giúp.',
    notClear:
      'Dạ, chỗ nào chưa rõ, Anh/Chị nhắn em nhé. Anh/Chị cũng có thể xem các mục dưới đây hoặc gặp nhân viên ạ.',
  },

  platforms: { android: 'máy Android', ios: 'iPhone, iPad' },

  talk: {
    acknowledged: 'Dạ vâng. Cần gì thêm, Anh/Chị cứ nhắn em nhé.',
    finished: 'Dạ, phần đó đã xong rồi ạ. Anh/Chị cần em giúp gì tiếp ạ?',
    ready: 'Dạ, em đây ạ. Anh/Chị cần hỏi gì ạ?',
    alreadySent: (code: string) =>
      `Dạ, phiếu **${code}** đã gửi rồi, Anh/Chị không cần gửi lại ạ. Cần gì thêm, Anh/Chị cứ nhắn em nhé.`,
    cannotChange: (code: string) =>
      `Dạ, phiếu **${code}** đã gửi rồi nên em chưa sửa hay hủy tại đây được ạ. Anh/Chị gửi phiếu mới, hoặc tra cứu phiếu đã gửi nhé.`,
    addAfterLookup: (code: string) =>
      `Dạ, Anh/Chị tra cứu phiếu **${code}** rồi bấm **Bổ sung thông tin** giúp em ạ.`,
    wordless: 'Dạ, Anh/Chị viết giúp em bằng chữ cần hỏi gì nhé.',
    nothingToCancel: 'Dạ, hiện em không gửi gì cả ạ. Anh/Chị cần em giúp gì tiếp ạ?',
    apology:
      'Em xin lỗi vì đã làm Anh/Chị phiền lòng. Anh/Chị gặp nhân viên để được giúp trực tiếp, hoặc cho em biết đang vướng ở bước nào ạ.',
    apologyBeforeAnswer: 'Em xin lỗi vì đã làm Anh/Chị phiền lòng.',
    stillListening: 'Dạ, em vẫn đang nghe đây ạ. Anh/Chị đang vướng ở bước nào ạ?',
  },

  handover: {
    staffed: (position: number, wait: { readonly lowMs: number; readonly highMs: number } | null) =>
      `Dạ, em đã chuyển yêu cầu đến nhân viên. ${sayPlace(position)}, ${sayWait(wait)} ạ.`,
    staffedOptions:
      'Nhân viên sẽ trả lời ngay tại đây. Trong lúc chờ, Anh/Chị cứ hỏi em tiếp, hoặc để lại số để nhân viên gọi lại ạ.',
    queued:
      'Dạ, em đã ghi yêu cầu của Anh/Chị vào hàng chờ. Hiện chưa có nhân viên trực nên em chưa biết phải chờ bao lâu ạ.',
    queuedOptions: 'Trong lúc chờ, Anh/Chị cứ hỏi em tiếp, hoặc để lại số để nhân viên gọi lại ạ.',
    stillQueued:
      'Dạ, Anh/Chị vẫn đang ở hàng chờ, nhân viên sẽ đọc được tin nhắn này. Trong lúc chờ, Anh/Chị cứ hỏi em, hoặc để lại số để được gọi lại ạ.',
    offDuty: (backAt: string | null) =>
      backAt === null
        ? 'Dạ, hiện ngoài giờ trực nên chưa có nhân viên trả lời được ạ.'
        : `Dạ, hiện ngoài giờ trực. Nhân viên trở lại lúc ${sayMoment(backAt)} ạ.`,
    offDutyOptions:
      'Anh/Chị để lại số điện thoại, nhân viên sẽ gọi lại trong giờ làm việc. Anh/Chị cũng có thể hỏi em tiếp ạ.',
    left: 'Dạ, Anh/Chị không còn trong hàng chờ nữa. Anh/Chị cần hỏi gì, cứ nhắn em ạ.',
    placeKept: 'Dạ, em ghi yêu cầu gọi lại. Trong lúc đó Anh/Chị vẫn giữ chỗ trong hàng chờ.',
    callDropped: 'Dạ, em đã hủy yêu cầu gọi lại. Anh/Chị vẫn đang ở hàng chờ, không mất chỗ ạ.',
    leftForCall:
      'Anh/Chị không cần chờ ở đây nữa. Nhân viên sẽ gọi theo thứ tự Anh/Chị đã chờ. Cần hỏi gì thêm, Anh/Chị cứ nhắn em ạ.',
    leftForFlow: 'Dạ, Anh/Chị không còn trong hàng chờ nữa.',
    failed: 'Dạ, lúc này em chưa chuyển được Anh/Chị đến nhân viên. Anh/Chị thử lại sau ít phút giúp em nhé.',
    leaveFailed: 'Dạ, lúc này em chưa rút được Anh/Chị khỏi hàng chờ. Anh/Chị thử lại giúp em nhé.',
  },

  flow: {
    noted: (items: readonly string[]) => `Dạ, em đã ghi: ${list(items)}.`,
    changed: (item: string) => `Dạ, em sửa lại rồi ạ: ${item}.`,
    added: 'Dạ, em ghi thêm rồi ạ.',
    resume: (name: string, prompt: string) => `Em làm tiếp phần ${name} nhé. ${prompt}`,
    check: 'Anh/Chị xem giúp em đã đúng chưa ạ? Đúng rồi thì Anh/Chị bấm **Gửi**.',
    checkAgain: 'Anh/Chị bấm **Gửi** để gửi, **Sửa** để sửa, hoặc **Hủy** ạ.',
    edit: 'Dạ, Anh/Chị muốn sửa phần nào ạ?',
    cancelled: (name: string) =>
      `Dạ, em đã hủy phần ${name}, chưa có gì được gửi đi ạ. Anh/Chị cần em giúp gì tiếp ạ?`,
    nothingAdded: 'Dạ, em chưa gửi thêm gì vào phiếu ạ. Anh/Chị cần em giúp gì tiếp ạ?',
    lookupCancelled: 'Dạ, em dừng tra cứu rồi ạ. Anh/Chị cần em giúp gì tiếp ạ?',
    stuck:
      'Dạ, phần này em chưa ghi được. Anh/Chị gặp nhân viên để được giúp, hoặc hủy, hoặc thử nhập lại ạ.',
    required: 'Dạ, phần này em cần có mới làm tiếp được.',
    whyPhone: 'Dạ, số điện thoại chỉ dùng để nhân viên liên hệ với Anh/Chị về việc này ạ.',
    whyEmail: 'Dạ, email chỉ dùng để gửi trả lời về việc này cho Anh/Chị ạ.',
    whyContact: 'Dạ, khớp số hoặc email đã khai thì em mới báo được, để giữ kín thông tin của người gửi ạ.',
    howLong: 'Dạ, em chưa biết trước mất bao lâu ạ.',
    phoneMissing: 'Dạ, em chưa thấy số điện thoại ạ. Anh/Chị nhập đủ 10 số giúp em, ví dụ 0912 345 678.',
    emailUnclear:
      'Dạ, em chưa đọc rõ địa chỉ email này. Anh/Chị gõ lại liền nhau giúp em, ví dụ ten@gmail.com ạ.',
    emailMeant: (email: string) =>
      `Dạ, địa chỉ của Anh/Chị là **${email}** phải không ạ? Nếu không, Anh/Chị ghi lại địa chỉ giúp em.`,
    leftOut: (label: string) => `Dạ, em để trống phần ${label.toLowerCase()} rồi ạ.`,
    noContactLeft:
      'Không có số điện thoại hay email thì Anh/Chị chỉ giữ mã phiếu, không tra cứu phiếu được ạ.',
    officeLeftOut: 'Dạ, phần cơ quan em để trống nhé.',
    switching: (from: string, to: string) =>
      `Dạ, em đang làm dở phần ${from}. Anh/Chị muốn dừng để chuyển sang **${to}** không ạ?`,
    switchTo: (title: string) => `Chuyển sang: ${title}`,
    notStored:
      'Dạ, lúc này em chưa gửi được, thông tin Anh/Chị khai em vẫn giữ. Anh/Chị bấm **Thử lại** giúp em nhé.',
    notLookedUp: 'Dạ, lúc này em chưa tra được. Anh/Chị bấm **Thử lại** giúp em nhé.',
    slot: (label: string, value: string) => `${label.toLowerCase()} ${value}`,
    quote: (text: string) => `“${text}”`,
    notGiven: 'Không có',
  },

  flows: {
    'support.complaint': {
      name: 'gửi phản ánh',
      opening: 'Dạ, em xin ghi nhận phản ánh của Anh/Chị.',
      summary: 'Phản ánh của Anh/Chị',
      matter: { label: 'Loại', prompt: '', again: '', repair: '' },
      content: {
        label: 'Nội dung',
        prompt:
          'Anh/Chị kể giúp em: chuyện gì xảy ra, ở đâu, khi nào ạ? Anh/Chị đừng ghi mật khẩu hay mã OTP nhé.',
        again: 'Anh/Chị muốn phản ánh việc gì ạ?',
        repair: 'Dạ, em chưa rõ việc Anh/Chị muốn phản ánh. Anh/Chị viết thành một câu giúp em nhé.',
      },
      office: {
        label: 'Cơ quan liên quan',
        prompt: 'Việc này liên quan đến cơ quan BHXH hay đơn vị nào ạ? Không rõ thì Anh/Chị bấm **Bỏ qua**.',
        again: 'Việc này liên quan đến cơ quan nào ạ?',
        repair: 'Dạ, Anh/Chị ghi tên cơ quan giúp em, ví dụ “BHXH Quận 6”. Không rõ thì bấm **Bỏ qua** ạ.',
      },
      phone: {
        label: 'Số điện thoại',
        prompt:
          'Anh/Chị cho em số điện thoại để liên hệ và tra cứu phiếu ạ. Không muốn để lại số thì bấm **Bỏ qua**.',
        again: 'Anh/Chị cho em số điện thoại liên hệ ạ?',
        repair: 'Dạ, số này chưa đúng. Anh/Chị nhập đủ 10 số giúp em, ví dụ 0912 345 678.',
      },
      email: {
        label: 'Email',
        prompt:
          'Anh/Chị có muốn nhận trả lời qua email không ạ? Có thì ghi địa chỉ, không thì bấm **Bỏ qua**.',
        again: 'Anh/Chị cho em địa chỉ email, không có thì bấm **Bỏ qua** ạ.',
        repair: 'Dạ, Anh/Chị ghi địa chỉ email giúp em, ví dụ ten@gmail.com. Không có thì bấm **Bỏ qua** ạ.',
      },
    },
    'support.feedback': {
      name: 'góp ý',
      opening: 'Dạ, em cảm ơn Anh/Chị đã góp ý.',
      summary: 'Góp ý của Anh/Chị',
      content: {
        label: 'Lời góp ý',
        prompt: 'Anh/Chị muốn góp ý điều gì ạ?',
        again: 'Anh/Chị muốn góp ý điều gì ạ?',
        repair: 'Dạ, Anh/Chị viết lời góp ý thành một câu giúp em nhé.',
      },
      score: {
        label: 'Mức hài lòng',
        prompt: 'Anh/Chị chấm mấy điểm, từ 1 (rất không hài lòng) đến 5 (rất hài lòng) ạ?',
        again: 'Anh/Chị chấm mấy điểm, từ 1 đến 5 ạ?',
        repair: 'Dạ, Anh/Chị chọn một điểm từ 1 đến 5 giúp em, hoặc bấm **Bỏ qua** ạ.',
      },
    },
    'support.callback': {
      name: 'yêu cầu gọi lại',
      opening: 'Dạ, em lập yêu cầu để nhân viên gọi lại cho Anh/Chị.',
      summary: 'Yêu cầu gọi lại',
      phone: {
        label: 'Số điện thoại',
        prompt: 'Anh/Chị muốn được gọi vào số nào ạ?',
        again: 'Anh/Chị muốn được gọi vào số nào ạ?',
        repair: 'Dạ, số này chưa đúng. Anh/Chị nhập đủ 10 số giúp em, ví dụ 0912 345 678.',
        without:
          'Dạ, không có số thì nhân viên chưa gọi lại được ạ. Anh/Chị có thể gửi phản ánh, hoặc hủy yêu cầu này.',
      },
      callAt: {
        label: 'Giờ gọi',
        prompt: 'Anh/Chị tiện nghe máy lúc nào ạ? Ví dụ “sáng mai”, “sau 5 giờ chiều”.',
        again: 'Anh/Chị tiện nghe máy lúc nào ạ?',
        repair: 'Dạ, Anh/Chị cho em biết ngày giờ tiện nghe máy, ví dụ “sáng mai” hay “sau 5 giờ chiều” ạ.',
      },
      content: {
        label: 'Việc cần giúp',
        prompt: 'Anh/Chị cần giúp việc gì ạ? Anh/Chị ghi ngắn gọn thôi, hoặc bấm **Bỏ qua**.',
        again: 'Anh/Chị cần giúp việc gì ạ?',
        repair: 'Dạ, Anh/Chị viết giúp em việc cần giúp bằng một câu ngắn, hoặc bấm **Bỏ qua** ạ.',
      },
      noContent: 'Chưa nêu việc cần giúp.',
    },
    'support.ticket-status': {
      name: 'tra cứu phiếu',
      opening: 'Dạ, em tra giúp Anh/Chị.',
      summary: 'Tra cứu phiếu',
      code: {
        label: 'Mã phiếu',
        prompt: 'Mã phiếu của Anh/Chị là gì ạ? Mã có dạng PA-7K3F9Q.',
        again: 'Mã phiếu của Anh/Chị là gì ạ?',
        repair:
          'Dạ, mã này chưa đúng dạng. Mã gồm hai chữ rồi sáu ký tự, ví dụ PA-7K3F9Q. Anh/Chị nhập lại giúp em.',
        lacking: 'Dạ, không có mã thì em chưa tra được. Anh/Chị bấm **Gặp nhân viên** để được giúp ạ.',
      },
      contact: {
        label: 'Số hoặc email đã khai',
        prompt: 'Khi gửi phiếu, Anh/Chị khai số điện thoại hay email nào ạ?',
        again: 'Khi gửi phiếu, Anh/Chị khai số điện thoại hay email nào ạ?',
        repair:
          'Dạ, số hoặc email này chưa đúng. Anh/Chị nhập đủ 10 số, hoặc email đã khai khi gửi phiếu giúp em.',
        without:
          'Dạ, không có số hay email đã khai thì em chưa tra được phiếu ạ. Anh/Chị có thể gặp nhân viên, hoặc hủy.',
      },
      information: {
        label: 'Thông tin bổ sung',
        prompt:
          'Anh/Chị viết điều cần bổ sung, em chuyển vào phiếu ạ. Cần gửi ảnh hay tệp thì Anh/Chị bấm **Xem phiếu** ở trên. Anh/Chị đừng ghi mật khẩu hay mã OTP nhé.',
        again: 'Anh/Chị cần bổ sung điều gì vào phiếu ạ?',
        repair: 'Dạ, Anh/Chị viết điều cần bổ sung thành một câu giúp em nhé.',
      },
    },
    'lookup.office': {
      name: 'tìm cơ quan BHXH',
      opening: '',
      summary: 'Tìm cơ quan BHXH',
      place: {
        label: 'Nơi cần tìm',
        prompt: 'Anh/Chị cần tìm cơ quan BHXH ở quận, huyện hay tỉnh nào ạ?',
        again: 'Anh/Chị cần tìm cơ quan BHXH ở đâu ạ?',
        repair: 'Dạ, Anh/Chị ghi tên quận, huyện hoặc tỉnh giúp em, ví dụ “Quận 6” hay “Củ Chi”.',
      },
    },
  },

  /** As it is heard, folded, and as it is shown. */
  matters: [
    ['to cao', 'Tố cáo', 'denunciation'],
    ['to giac', 'Tố giác', 'denunciation'],
    ['khieu nai', 'Khiếu nại', 'grievance'],
    ['kien nghi', 'Kiến nghị', 'petition'],
  ],
  scores: [
    ['1', '1 – Rất không hài lòng'],
    ['2', '2 – Không hài lòng'],
    ['3', '3 – Bình thường'],
    ['4', '4 – Hài lòng'],
    ['5', '5 – Rất hài lòng'],
  ],
  callTimes: ['Buổi sáng', 'Buổi chiều', 'Lúc nào cũng được'],

  created: {
    complaint: 'Đã nhận phản ánh',
    feedback: 'Đã nhận góp ý',
    callback: 'Đã nhận yêu cầu gọi lại',
    other: 'Đã nhận phiếu',
    code: 'Mã phiếu',
    keep: 'Anh/Chị ghi lại mã này. Cần xem kết quả, Anh/Chị nhắn “tra cứu phiếu” cho em ạ.',
    keepWithoutContact:
      'Anh/Chị ghi lại mã này nhé. Vì không để lại số điện thoại hay email nên Anh/Chị không tra cứu phiếu được ạ.',
    thanks: 'Em cảm ơn Anh/Chị đã góp ý ạ.',
    willCall: 'Nhân viên sẽ gọi theo số này. Khi nghe máy, Anh/Chị đừng đọc mật khẩu hay mã OTP cho ai ạ.',
  },

  ticket: {
    title: (kind: TicketKind) =>
      ({
        complaint: 'Phiếu phản ánh',
        feedback: 'Phiếu góp ý',
        callback: 'Phiếu gọi lại',
        question: 'Phiếu câu hỏi',
      })[kind],
    status: 'Trạng thái',
    createdAt: 'Ngày gửi',
    reply: 'Trả lời mới nhất',
    awaited: 'Cần Anh/Chị bổ sung',
    rejected: 'Không tiếp nhận',
    pleaseAdd: 'Anh/Chị bấm **Bổ sung thông tin** để gửi thêm cho nhân viên ạ.',
    added: (code: string) =>
      `Dạ, em đã chuyển thông tin vào phiếu **${code}** rồi ạ. Cần gì thêm, Anh/Chị cứ nhắn em nhé.`,
    notAdded:
      'Dạ, phiếu này không nhận thêm thông tin được nữa ạ. Anh/Chị gửi phiếu mới, hoặc gặp nhân viên nhé.',
    statuses: {
      new: 'Mới nhận',
      in_progress: 'Đang xử lý',
      waiting: 'Chờ Anh/Chị bổ sung',
      resolved: 'Đã giải quyết',
      closed: 'Đã đóng',
    },
    noReply: 'Chưa có',
    notFound:
      'Dạ, em không tra được phiếu với mã và số điện thoại hoặc email này. Anh/Chị xem lại cả hai rồi nhập lại giúp em ạ.',
    throttled: 'Dạ, phiếu này vừa được tra cứu nhiều lần quá. Anh/Chị đợi ít phút rồi tra cứu lại giúp em ạ.',
    tryAgain: 'Nhập lại mã phiếu',
  },

  offices: {
    found: 'Dạ, em tìm thấy:',
    foundSeveral: 'Dạ, em tìm thấy các nơi sau:',
    nearby: 'Dạ, gần Anh/Chị nhất là:',
    callFirst: 'Anh/Chị nên gọi hỏi giờ làm việc trước khi đến ạ.',
    notFound:
      'Dạ, trong danh bạ của em chưa có nơi này. Anh/Chị mở VssID, chọn **Tra cứu cơ quan BHXH** để xem địa chỉ kèm bản đồ ạ.',
    noneNearby:
      'Dạ, gần chỗ Anh/Chị em chưa thấy cơ quan nào trong danh bạ. Anh/Chị mở VssID, chọn **Tra cứu cơ quan BHXH** để xem địa chỉ kèm bản đồ ạ.',
    noPosition:
      'Dạ, em chưa nhận được vị trí của Anh/Chị. Anh/Chị bấm **Chia sẻ vị trí** và cho phép, hoặc ghi tên quận, huyện, tỉnh giúp em ạ.',
    elsewhere: 'Tìm nơi khác',
  },
} as const;

function sayPlace(position: number): string {
  return position === 1 ? 'Anh/Chị là người tiếp theo' : `Anh/Chị ở vị trí thứ ${position} trong hàng chờ`;
}

const MINUTE_MS = 60_000;

function sayWait(wait: { readonly lowMs: number; readonly highMs: number } | null): string {
  if (wait === null) return 'em chưa ước được thời gian chờ';
  const low = Math.floor(wait.lowMs / MINUTE_MS);
  const high = Math.ceil(wait.highMs / MINUTE_MS);
  if (high <= 1) return 'thường chỉ chờ dưới 1 phút';
  return low === 0 ? `thường chờ dưới ${high} phút` : `thường chờ khoảng ${low} đến ${high} phút`;
}

const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];

/** 2026-11-30T01:00:00Z → "8:00 thứ Hai, 30/11" */
function sayMoment(iso: string): string {
  const at = asInVietnam(new Date(iso));
  const minutes = String(at.getUTCMinutes()).padStart(2, '0');
  return `${at.getUTCHours()}:${minutes} ${WEEKDAYS[at.getUTCDay()]}, ${at.getUTCDate()}/${at.getUTCMonth() + 1}`;
}

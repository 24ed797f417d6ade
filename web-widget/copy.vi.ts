/** Every Vietnamese word of the ask page. Answers and titles come from the server. */

export const COPY = {
  title: 'Hỏi về VssID',
  tagline: 'Trả lời ngay câu hỏi về ứng dụng VssID. Gõ có dấu hay không dấu đều được.',
  notice: 'Đây là trợ lý ảo, không phải nhân viên. Đừng gõ mật khẩu hay mã OTP vào đây.',
  platform: 'Bạn dùng điện thoại nào?',
  platforms: { android: 'Android', ios: 'iPhone', none: 'Chưa chọn' },
  greeting: 'Xin chào! Bạn cần hỏi gì?',
  mostAsked: 'Nhiều người hỏi:',
  conversation: 'Cuộc trò chuyện',
  composer: 'Đặt câu hỏi',
  question: 'Câu hỏi của bạn',
  send: 'Gửi câu hỏi',
  placeholder: 'Gõ câu hỏi ở đây',
  charactersUsed: (used: number, most: number): string =>
    `${withDots(used)}/${withDots(most)} ký tự${used >= most ? ': đã hết chỗ' : ''}`,
  youAsked: 'Bạn hỏi: ',
  thinking: 'Đang tìm câu trả lời…',
  understood: (reading: string): string => `Mình hiểu là: ${reading}`,
  sources: 'Nguồn:',
  related: 'Có thể bạn cũng cần',
  opensNewTab: ' (mở trang mới)',
  notYet:
    'Trang này chưa nối được với nhân viên và chưa nhận phiếu. Lúc này, bạn mở VssID, chọn mục Hỗ trợ để gặp tổng đài hoặc gửi phản ánh; tìm cơ quan BHXH thì chọn Tra cứu cơ quan BHXH.',

  whichOne: 'Bạn muốn hỏi điều nào?',
  isItThis: 'Có phải bạn muốn hỏi điều này?',
  noneOfThese: 'Không phải các ý trên',

  rephraseTitle: 'Bạn thử hỏi cách khác nhé',
  rephrase: 'Bạn viết rõ đang cần làm gì, vướng ở bước nào, máy báo gì. Ví dụ:',
  rephraseExamples: [
    'Đăng ký VssID, chờ mãi không thấy mã OTP',
    'Quên mật khẩu mà không còn dùng email cũ',
    'Đi khám bệnh thì mở thẻ BHYT ở đâu?',
  ],
  orPickTopic: 'Hoặc chọn một chủ đề:',

  unknownTitle: 'Chưa có câu trả lời cho câu này',
  unknown:
    'Trợ lý chỉ trả lời được về VssID: cài đặt, đăng ký, đăng nhập, mật khẩu, thẻ BHYT và tra cứu. Nếu bạn hỏi về VssID, bạn viết rõ hơn giúp nhé: đang làm đến bước nào, máy báo gì.',
  pickTopic: 'Chọn một chủ đề:',

  secretTyped: (what: string): string =>
    `Câu hỏi có ${what} nên chỗ đó đã được che (••••). Bạn đừng gõ vào đây và đừng cho ai biết nhé.`,
  password: 'mật khẩu',
  otp: 'mã OTP',
  and: ' và ',

  failedTitle: 'Chưa gửi được',
  textKept: 'Câu hỏi vẫn còn trong ô bên dưới, bạn không phải gõ lại.',
  sendAgain: 'Gửi lại',
  offline: 'Máy đang mất mạng. Bạn kiểm tra Wi-Fi hoặc 4G rồi gửi lại nhé.',
  unreachable: 'Không kết nối được với hệ thống. Bạn kiểm tra mạng rồi gửi lại nhé.',
  tooSlow: 'Hệ thống trả lời chậm quá. Bạn gửi lại nhé.',
  broken: 'Hệ thống đang gặp lỗi. Bạn đợi một chút rồi gửi lại nhé.',
};

/** What index.html itself says: it must be there before, and without, the script. */
export const STATIC_COPY = {
  title: 'Hỏi về VssID',
  description:
    'Trợ lý ảo trả lời câu hỏi về ứng dụng VssID: cài đặt, đăng ký, đăng nhập, mật khẩu, thẻ BHYT.',
  opening: 'Đang mở trang… Nếu chờ lâu, bạn tải lại trang hoặc bật JavaScript trong trình duyệt.',
};

/** 1850 → "1.850" */
function withDots(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '.');
}

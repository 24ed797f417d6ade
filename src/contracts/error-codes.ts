/** Every error code that crosses a wire, with its HTTP status and the sentence that says what to do. */
export const ERROR_CODES = {
  invalid_json: {
    status: 400,
    message: 'Nội dung gửi lên không phải JSON hợp lệ. Hãy kiểm tra lại dấu ngoặc và dấu nháy.',
  },
  invalid_request: { status: 400, message: 'Yêu cầu chưa đúng mẫu. Xem mẫu tại /api/docs.' },
  text_required: { status: 400, message: 'Anh/Chị chưa nhập câu hỏi. Hãy gõ điều cần hỏi rồi gửi lại.' },
  text_too_long: {
    status: 400,
    message: 'Câu hỏi dài quá 2.000 ký tự. Anh/Chị hãy viết ngắn lại hoặc tách thành vài câu.',
  },
  text_without_words: {
    status: 400,
    message: 'Tin nhắn chưa có chữ nào để hiểu. Anh/Chị viết câu hỏi bằng chữ nhé.',
  },
  text_malformed: {
    status: 400,
    message: 'Tin nhắn có ký tự hỏng hoặc ký tự điều khiển. Anh/Chị hãy gõ lại câu hỏi thay vì dán.',
  },
  payload_too_large: { status: 413, message: 'Nội dung gửi lên quá lớn (tối đa 32 KB).' },
  unsupported_media_type: { status: 415, message: 'Hãy gửi với Content-Type: application/json, mã UTF-8.' },
  not_found: { status: 404, message: 'Không có địa chỉ này. Xem danh sách tại /api/docs.' },
  faq_not_found: { status: 404, message: 'Không có câu trả lời nào mang mã này.' },
  method_not_allowed: { status: 405, message: 'Địa chỉ này không nhận phương thức đã dùng. Xem /api/docs.' },
  unauthenticated: {
    status: 401,
    message: 'Chưa biết Anh/Chị là ai. Anh/Chị tải lại trang rồi thử lại nhé.',
  },
  identity_expired: {
    status: 401,
    message: 'Phiên đăng nhập đã hết hạn. Anh/Chị đăng nhập lại trong ứng dụng nhé.',
  },
  identity_invalid: {
    status: 401,
    message: 'Không xác nhận được phiên đăng nhập. Anh/Chị đăng nhập lại trong ứng dụng nhé.',
  },
  identity_not_configured: {
    status: 401,
    message: 'Máy chủ chưa nhận đăng nhập từ ứng dụng này. Quản trị viên cần đặt HOST_APP_SECRET.',
  },
  unknown_command: { status: 400, message: 'Không có lệnh này. Hãy tải lại trang để dùng bản mới.' },
  not_open: { status: 409, message: 'Cuộc trò chuyện chưa được mở. Anh/Chị tải lại trang nhé.' },
  message_not_found: { status: 404, message: 'Không có tin nhắn này trong cuộc trò chuyện.' },
  conversation_closed: {
    status: 409,
    message: 'Cuộc trò chuyện đã kết thúc. Anh/Chị mở cuộc trò chuyện mới nhé.',
  },
  store_unavailable: {
    status: 503,
    message: 'Hệ thống lưu trữ đang gián đoạn. Tin nhắn được giữ trên máy và tự gửi lại.',
  },
  internal: { status: 500, message: 'Hệ thống gặp lỗi ngoài ý muốn. Anh/Chị vui lòng thử lại sau ít phút.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

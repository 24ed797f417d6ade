/** Every error code that crosses a wire, with its HTTP status and the sentence that says what to do. */
export const ERROR_CODES = {
  invalid_json: {
    status: 400,
    message: 'Nội dung gửi lên không phải JSON hợp lệ. Hãy kiểm tra lại dấu ngoặc và dấu nháy.',
  },
  invalid_request: { status: 400, message: 'Yêu cầu chưa đúng mẫu. Xem mẫu tại /api/docs.' },
  text_required: { status: 400, message: 'Bạn chưa nhập câu hỏi. Hãy gõ điều bạn cần hỏi rồi gửi lại.' },
  text_too_long: {
    status: 400,
    message: 'Câu hỏi dài quá 2.000 ký tự. Bạn hãy viết ngắn lại hoặc tách thành vài câu.',
  },
  text_without_words: {
    status: 400,
    message: 'Tin nhắn chưa có chữ nào để hiểu. Bạn hãy viết câu hỏi bằng chữ nhé.',
  },
  text_malformed: {
    status: 400,
    message: 'Tin nhắn có ký tự hỏng hoặc ký tự điều khiển. Bạn hãy gõ lại câu hỏi thay vì dán.',
  },
  payload_too_large: { status: 413, message: 'Nội dung gửi lên quá lớn (tối đa 32 KB).' },
  unsupported_media_type: { status: 415, message: 'Hãy gửi với Content-Type: application/json, mã UTF-8.' },
  not_found: { status: 404, message: 'Không có địa chỉ này. Xem danh sách tại /api/docs.' },
  faq_not_found: { status: 404, message: 'Không có câu trả lời nào mang mã này.' },
  method_not_allowed: { status: 405, message: 'Địa chỉ này không nhận phương thức bạn dùng. Xem /api/docs.' },
  internal: { status: 500, message: 'Hệ thống gặp lỗi ngoài ý muốn. Bạn thử lại sau ít phút.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

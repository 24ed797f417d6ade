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
  challenge_required: {
    status: 429,
    message:
      'Đang có rất nhiều yêu cầu. Máy của Anh/Chị cần tự kiểm tra kết nối trước khi tiếp tục. ' +
      'Chương trình gọi API: giải bài trong error.challenge rồi gửi lại kèm header Challenge-Solution (xem /api/docs).',
  },
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
  email_malformed: { status: 400, message: 'Địa chỉ email chưa đúng dạng, ví dụ ten@coquan.gov.vn.' },
  password_too_short: {
    status: 400,
    message: 'Mật khẩu cần ít nhất 12 ký tự. Dùng một câu dài dễ nhớ là tốt nhất.',
  },
  password_too_simple: {
    status: 400,
    message: 'Mật khẩu này dễ đoán. Dùng một câu dài mà chỉ mình bạn nhớ.',
  },
  password_too_long: { status: 400, message: 'Mật khẩu dài quá 200 ký tự.' },
  password_wrong: { status: 403, message: 'Mật khẩu hiện tại chưa đúng.' },
  sign_in_failed: { status: 401, message: 'Email hoặc mật khẩu chưa đúng.' },
  sign_in_throttled: { status: 429, message: 'Đăng nhập sai nhiều lần. Hãy đợi ít phút rồi thử lại.' },
  totp_required: { status: 401, message: 'Nhập mã 6 số trong ứng dụng xác thực, hoặc một mã dự phòng.' },
  totp_wrong: { status: 401, message: 'Mã xác thực chưa đúng hoặc đã dùng rồi. Hãy nhập mã mới.' },
  link_invalid: {
    status: 410,
    message: 'Liên kết này đã dùng hoặc đã hết hạn. Hãy xin quản trị viên liên kết mới.',
  },
  signed_out: { status: 401, message: 'Phiên làm việc đã kết thúc. Hãy đăng nhập lại.' },
  forbidden: { status: 403, message: 'Tài khoản này không có quyền làm việc này.' },
  cross_site: {
    status: 403,
    message: 'Yêu cầu đến từ trang khác nên bị từ chối. Hãy làm lại ngay trên trang này.',
  },
  account_exists: { status: 409, message: 'Đã có tài khoản dùng email này.' },
  account_not_found: { status: 404, message: 'Không có tài khoản này.' },
  last_admin: { status: 409, message: 'Cần còn ít nhất một quản trị viên đang hoạt động.' },
  password_change_required: {
    status: 403,
    message: 'Hãy đổi mật khẩu dùng một lần trước khi làm việc khác.',
  },
  session_not_found: { status: 404, message: 'Không có phiên làm việc này.' },
  password_unchanged: { status: 400, message: 'Mật khẩu mới phải khác mật khẩu đang dùng.' },
  totp_active: {
    status: 409,
    message: 'Xác thực hai bước đang bật. Hãy tắt trước, rồi bật lại với điện thoại mới.',
  },
  settings_changed: {
    status: 409,
    message: 'Có người vừa lưu cài đặt khác. Hãy tải lại, xem thay đổi rồi lưu lại.',
  },
  duty_shift_malformed: { status: 400, message: 'Ca trực phải có giờ bắt đầu trước giờ kết thúc.' },
  conversation_archived: { status: 410, message: 'Cuộc trò chuyện này đã được chuyển vào kho lưu trữ.' },
  archive_off: {
    status: 409,
    message: 'Máy chủ này chưa có kho lưu trữ. Quản trị viên cần đặt ARCHIVE_DIR.',
  },
  archive_folder: {
    status: 503,
    message: 'Chưa mở được thư mục của kho lưu trữ. Quản trị viên cần kiểm tra ARCHIVE_DIR.',
  },
  archive_unreadable: {
    status: 503,
    message: 'Không đọc được hội thoại này trong kho lưu trữ. Báo quản trị viên chạy npm run doctor.',
  },
  conversation_not_found: { status: 404, message: 'Không có cuộc trò chuyện này, hoặc người dùng đã xóa.' },
  already_claimed: { status: 409, message: 'Người khác vừa nhận cuộc trò chuyện này.' },
  not_yours: { status: 403, message: 'Cuộc trò chuyện này do người khác phụ trách.' },
  not_possible_now: {
    status: 409,
    message: 'Trạng thái cuộc trò chuyện đã thay đổi nên không làm được nữa.',
  },
  agent_unavailable: { status: 409, message: 'Nhân viên này không trực. Hãy chọn người khác.' },
  reopen_expired: { status: 409, message: 'Đã quá hạn mở lại. Anh/Chị nhắn tin mới để được hỗ trợ nhé.' },
  canned_exists: { status: 409, message: 'Đã có mẫu trả lời dùng phím tắt này.' },
  canned_not_found: { status: 404, message: 'Không có mẫu trả lời này.' },
  office_not_found: { status: 404, message: 'Không có cơ quan này trong danh bạ, hoặc đã bị xóa.' },
  office_exists: { status: 409, message: 'Đã có cơ quan mang mã này.' },
  office_changed: {
    status: 409,
    message: 'Có người vừa sửa cơ quan này. Hãy tải lại, xem thay đổi rồi sửa tiếp.',
  },
  office_parent: {
    status: 400,
    message: 'Cơ quan cấp trên không có trong danh bạ, hoặc lại thuộc chính cơ quan này.',
  },
  office_has_others_below: {
    status: 409,
    message: 'Còn cơ quan khác trực thuộc. Hãy chuyển các cơ quan đó trước khi xóa.',
  },
  office_table_too_large: { status: 413, message: 'Tệp lớn quá 5 MB. Hãy chia thành nhiều tệp nhỏ.' },
  attachment_too_large: { status: 413, message: 'Tệp lớn quá 10 MB. Anh/Chị chọn tệp nhỏ hơn nhé.' },
  attachment_type: { status: 415, message: 'Chỉ nhận ảnh (JPEG, PNG, WebP, GIF) và PDF.' },
  attachment_not_found: { status: 404, message: 'Không có tệp này, hoặc tệp đã bị xóa.' },
  too_many_attachments: {
    status: 429,
    message: 'Đã gửi nhiều tệp quá. Anh/Chị đợi ít phút rồi gửi tiếp nhé.',
  },
  ticket_not_found: {
    status: 404,
    message: 'Không tìm thấy phiếu. Anh/Chị kiểm tra lại mã phiếu và số điện thoại hoặc email đã khai.',
  },
  ticket_lookup_throttled: {
    status: 429,
    message: 'Đã tra cứu nhiều lần. Anh/Chị đợi ít phút rồi thử lại nhé.',
  },
  ticket_not_possible: {
    status: 409,
    message: 'Phiếu đang ở trạng thái khác nên không làm được việc này. Hãy xem lại phiếu.',
  },
  ticket_closed: {
    status: 409,
    message: 'Phiếu đã đóng và quá hạn mở lại. Anh/Chị gửi phiếu mới giúp em nhé.',
  },
  ticket_other_person: {
    status: 409,
    message: 'Hai phiếu có số điện thoại và email khác nhau, có thể của hai người.',
  },
  ticket_erased: { status: 409, message: 'Dữ liệu cá nhân của phiếu đã được xóa, phiếu không sửa được nữa.' },
  ticket_session_expired: {
    status: 401,
    message: 'Đã hết thời gian xem phiếu. Anh/Chị nhập lại mã phiếu và số điện thoại hoặc email nhé.',
  },
  too_many_tickets: {
    status: 429,
    message: 'Đã gửi nhiều phiếu liền nhau. Anh/Chị đợi ít phút rồi gửi tiếp nhé.',
  },
  phone_malformed: { status: 400, message: 'Số điện thoại chưa đúng, ví dụ 0912 345 678.' },
  contact_required: {
    status: 400,
    message: 'Cần số điện thoại hoặc email để tra cứu phiếu về sau.',
  },
  group_not_found: { status: 404, message: 'Không có nhóm câu hỏi này.' },
  question_not_found: { status: 404, message: 'Không có câu kiểm tra này.' },
  doctor_busy: { status: 409, message: 'Đang khám bộ câu trả lời. Hãy đợi lần khám này xong.' },
  entry_exists: { status: 409, message: 'Đã có câu trả lời mang mã này. Hãy chọn mã khác.' },
  nothing_to_undo: { status: 409, message: 'Không còn thao tác nào để hoàn tác.' },
  filter_not_found: { status: 404, message: 'Không có bộ lọc này.' },
  mail_variable_unknown: {
    status: 400,
    message: 'Mẫu email có chỗ trong ngoặc nhọn không phải biến dùng được. Hãy sửa lại rồi lưu.',
  },
  mail_not_configured: {
    status: 409,
    message: 'Chưa có máy chủ gửi email. Quản trị viên cần đặt SMTP_URL.',
  },
  mail_not_sent: { status: 502, message: 'Máy chủ email không nhận thư.' },
  mail_not_found: { status: 404, message: 'Không có email nào như vậy đang chờ gửi lại.' },
  call_not_found: { status: 404, message: 'Không có cuộc gọi này.' },
  call_taken: { status: 409, message: 'Người khác vừa nghe cuộc gọi này.' },
  call_over: { status: 409, message: 'Cuộc gọi đã kết thúc.' },
  call_elsewhere: {
    status: 409,
    message: 'Anh/Chị đang có một cuộc gọi ở cửa sổ khác. Hãy kết thúc cuộc gọi đó trước nhé.',
  },
  in_a_call: { status: 409, message: 'Bạn đang có một cuộc gọi khác. Hãy kết thúc cuộc gọi đó trước.' },
  analytics_range: {
    status: 400,
    message: 'Khoảng ngày chưa đúng: ngày đầu không được sau ngày cuối, và tối đa 400 ngày.',
  },
  number_unknown: { status: 404, message: 'Chưa biết số điện thoại của người này.' },
  check_needed: {
    status: 409,
    message: 'Bản nháp chưa được kiểm tra ở trạng thái này. Hãy bấm Kiểm tra rồi phát hành lại.',
  },
  publish_blocked: {
    status: 409,
    message: 'Kiểm tra cho thấy bot trả lời kém hơn. Chỉ quản trị viên ký tên mới phát hành được.',
  },
  admin_needed: { status: 403, message: 'Chỉ quản trị viên mới được ký tên phát hành bản kém hơn.' },
  name_differs: { status: 400, message: 'Họ tên gõ vào không trùng với họ tên của bạn.' },
  draft_conflicts: {
    status: 409,
    message: 'Có mục đã được người khác phát hành bản khác. Hãy chọn giữ bản nào rồi phát hành lại.',
  },
  draft_has_problems: { status: 409, message: 'Bản nháp còn lỗi phải sửa trước khi phát hành.' },
  approval_needed: { status: 409, message: 'Bản nháp cần một người khác duyệt trước khi phát hành.' },
  release_conflict: {
    status: 409,
    message: 'Vừa có bản khác được phát hành. Hãy xem lại bản đang dùng rồi thử lại.',
  },
  release_not_found: { status: 404, message: 'Không có bản phát hành này, hoặc bản đó đã hỏng.' },
  draft_not_found: { status: 404, message: 'Không có bản nháp này.' },
  draft_closed: {
    status: 409,
    message: 'Bản nháp này đã phát hành hoặc đã bỏ nên không sửa được nữa. Hãy mở bản nháp khác.',
  },
  edited_meanwhile: {
    status: 409,
    message: 'Có người vừa sửa mục này. Hãy xem bản mới rồi sửa tiếp; nội dung bạn đang gõ vẫn còn.',
  },
  phrase_taken: {
    status: 409,
    message: 'Câu này đang thuộc một ý định khác. Hãy chuyển câu sang đây nếu đúng hơn.',
  },
  phrase_has_secret: {
    status: 400,
    message: 'Câu có mật khẩu hoặc mã xác thực: hãy bỏ đi. Không dạy bot điều riêng của một người.',
  },
  phrase_has_phone: { status: 400, message: 'Câu có số điện thoại: hãy bỏ số đi.' },
  phrase_has_number: {
    status: 400,
    message: 'Câu có số riêng của một người (CCCD, mã BHXH, thẻ, tài khoản): hãy bỏ số đi.',
  },
  phrase_has_email: { status: 400, message: 'Câu có địa chỉ email: hãy bỏ địa chỉ đi.' },
  phrase_has_cover: {
    status: 400,
    message: 'Câu có chỗ đã được che (••••): hãy viết lại câu không có chỗ che.',
  },
  own_changes: {
    status: 409,
    message: 'Bạn là người sửa bản nháp này gần nhất. Hãy nhờ một người khác duyệt.',
  },
  word_exists: { status: 409, message: 'Từ này đã có trong từ điển. Hãy sửa mục đang có.' },
  phrase_table_too_large: { status: 413, message: 'Tệp lớn quá 5 MB. Hãy chia thành nhiều tệp nhỏ.' },
  phrase_table_without_columns: {
    status: 400,
    message: 'Dòng đầu của bảng thiếu cột. Bảng cần cột “Ý định” và cột “Câu mẫu”.',
  },
  phrase_table_malformed: {
    status: 400,
    message: 'Không đọc được bảng này. Hãy lưu dưới dạng CSV UTF-8 hoặc XLSX rồi thử lại.',
  },
  draft_too_large: {
    status: 413,
    message: 'Bản nháp đã có quá nhiều thay đổi. Hãy phát hành bớt rồi làm tiếp trong bản nháp mới.',
  },
  incident_not_found: { status: 404, message: 'Không có sự cố này.' },
  incident_says_nothing: {
    status: 400,
    message: 'Sự cố cần có câu trả lời ghim hoặc dòng thông báo để nói với người hỏi.',
  },
  incident_affects_nothing: {
    status: 400,
    message: 'Hãy chọn các câu hỏi bị ảnh hưởng trong danh sách đang dùng, hoặc chọn tất cả.',
  },
  incident_answer_unshowable: {
    status: 400,
    message: 'Khung chat không hiển thị được câu trả lời ghim này. Hãy sửa rồi lưu lại.',
  },
  incident_time_wrong: { status: 400, message: 'Giờ kết thúc phải ở sau lúc này.' },
  incident_ended: { status: 409, message: 'Sự cố này đã kết thúc nên không sửa được nữa.' },
  incident_goes_on: {
    status: 409,
    message: 'Sự cố vẫn đang diễn ra. Hãy kết thúc sự cố rồi mới báo đã khắc phục.',
  },
  incident_told: { status: 409, message: 'Đã có người báo khắc phục cho sự cố này rồi.' },
  suspicion_over: { status: 409, message: 'Dấu hiệu này đã hết, hoặc đã có người khác xử lý.' },
  metrics_token_needed: { status: 401, message: 'Cần mã METRICS_TOKEN để đọc số liệu vận hành.' },
  moving: {
    status: 503,
    message: 'Máy chủ đang được thay. Kết nối tự chuyển sang máy khác sau giây lát.',
  },
  too_many_requests: {
    status: 429,
    message: 'Thao tác hơi nhanh quá. Anh/Chị đợi ít giây, hệ thống sẽ nhận tiếp ạ.',
  },
  busy: {
    status: 503,
    message: 'Hệ thống đang đông người. Anh/Chị đợi ít giây, tin nhắn sẽ tự gửi lại ạ.',
  },
  store_unavailable: {
    status: 503,
    message: 'Hệ thống lưu trữ đang gián đoạn. Tin nhắn được giữ trên máy và tự gửi lại.',
  },
  internal: { status: 500, message: 'Hệ thống gặp lỗi ngoài ý muốn. Anh/Chị vui lòng thử lại sau ít phút.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

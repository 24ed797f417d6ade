/** What the desk writes before anybody has changed it. */
import type { MailSettings } from './mail.ts';

export const DEFAULT_MAIL_SETTINGS: MailSettings = {
  enabled: { receipt: true, reply: true, status: true, added: true, assigned: true, deadline: true },
  templates: {
    // Without what was written: whoever fills in a form may name the address of somebody else.
    receipt: {
      subject: '[{ma_phieu}] Đã tiếp nhận {loai} của Anh/Chị',
      body: `Kính gửi Anh/Chị {nguoi_gui},

Bộ phận hỗ trợ VssID đã tiếp nhận {loai} của Anh/Chị. Mã phiếu là {ma_phieu}, Anh/Chị vui lòng lưu lại để tiện tra cứu.

Dự kiến trả lời trước: {han}

Anh/Chị xem tình trạng xử lý hoặc bổ sung thông tin tại đây:

{duong_dan}`,
    },
    reply: {
      subject: '[{ma_phieu}] Trả lời {loai} của Anh/Chị',
      body: `Kính gửi Anh/Chị {nguoi_gui},

Về phiếu {ma_phieu}, bộ phận hỗ trợ VssID xin trả lời Anh/Chị như sau:

{tra_loi}

Người trả lời: {nhan_vien}

Anh/Chị xem toàn bộ quá trình xử lý hoặc hỏi thêm tại đây:

{duong_dan}`,
    },
    status: {
      subject: '[{ma_phieu}] Phiếu của Anh/Chị: {trang_thai}',
      body: `Kính gửi Anh/Chị {nguoi_gui},

Phiếu {ma_phieu} của Anh/Chị vừa chuyển sang trạng thái: {trang_thai}.

Lý do: {ly_do}

Anh/Chị xem chi tiết tại đây:

{duong_dan}`,
    },
    added: {
      subject: '[{ma_phieu}] Người gửi vừa bổ sung thông tin',
      body: `Chào {nhan_vien},

Phiếu {ma_phieu} ({loai}) vừa có thông tin bổ sung từ người gửi {nguoi_gui}:

{noi_dung}

{duong_dan}`,
    },
    assigned: {
      subject: '[{ma_phieu}] Bạn vừa được giao một phiếu',
      body: `Chào {nhan_vien},

Bạn vừa được giao phiếu {ma_phieu} ({loai}).

Người gửi: {nguoi_gui}
Hạn: {han}

{noi_dung}

{duong_dan}`,
    },
    deadline: {
      subject: '[{ma_phieu}] Phiếu {canh_bao}',
      body: `Chào {nhan_vien},

Phiếu {ma_phieu} ({loai}) {canh_bao}.

Hạn: {han}

{noi_dung}

{duong_dan}`,
    },
  },
  signature: 'Trân trọng,\nBộ phận hỗ trợ VssID',
};

/** What previews and test mails are filled with. */
import type { MailValues } from './templates.ts';

/** Of a person that does not exist, for previews. */
export const SAMPLE_VALUES: MailValues = {
  ma_phieu: 'PA-7K3F9Q',
  loai: 'phản ánh',
  nguoi_gui: 'Nguyễn Thị Mẫu',
  noi_dung: 'Tôi đã cập nhật số điện thoại từ tuần trước nhưng ứng dụng vẫn báo sai.\nNhờ kiểm tra giúp tôi.',
  tra_loi:
    'Chúng tôi đã cập nhật số điện thoại của Anh/Chị. Anh/Chị vui lòng đăng xuất, đăng nhập lại rồi kiểm tra trong mục Quản lý cá nhân.',
  trang_thai: 'Đang xử lý',
  ly_do: 'Đã chuyển cơ quan BHXH quản lý hồ sơ kiểm tra',
  canh_bao: 'sắp quá hạn',
  han: '17:00, thứ Sáu 04/12/2026',
  nhan_vien: 'Trần Văn Ví Dụ',
};

/** The words of the corpus doctor. */
import type { DeadLink, DoctorStep } from '../../../src/contracts/corpus-doctor.ts';

const number = (count: number): string => count.toLocaleString('vi-VN');
const percent = (share: number): string => `${Math.round(share * 100)}%`;

const problems: Readonly<Record<DeadLink['problem'], string>> = {
  missing: 'không tồn tại',
  unreachable: 'không phản hồi',
  refused: 'báo lỗi',
};
const steps: Readonly<Record<DoctorStep, string>> = {
  reading: 'Đang đọc bộ câu trả lời',
  training: 'Đang huấn luyện thử và hỏi lại từng câu mẫu',
  links: 'Đang kiểm tra liên kết',
};

export const words = {
  title: 'Khám bộ câu trả lời',
  lead: 'Tìm chỗ dễ làm bot trả lời sai trong bản đang dùng. Khám không ảnh hưởng đến người đang chat.',
  begin: 'Khám ngay',
  again: 'Khám lại',
  pages: 'Kiểm tra cả trang web được dẫn',
  steps,
  progress: (step: string, share: number): string => `${step}: ${percent(share)}`,
  lastRun: (when: string, phrases: number, entries: number, seconds: number): string =>
    `Khám lúc ${when}: ${number(phrases)} câu mẫu, ${number(entries)} câu trả lời, trong ${number(seconds)} giây.`,
  outdated: 'Đã có bản phát hành mới sau lần khám này. Nên khám lại.',
  never: 'Chưa khám lần nào.',
  failed: (why: string): string => `Lần khám gần nhất không xong: ${why}`,
  healthy: 'Không có gì bất thường.',
  more: (count: number): string => `Xem thêm ${number(count)}`,
  count: (count: number): string => number(count),
  sections: {
    contradictions: 'Nói hai con số khác nhau',
    near: 'Câu mẫu gần giống ở hai ý định',
    confusable: 'Ý định dễ nhầm',
    misread: 'Câu mẫu bot tự trả lời sai',
    thin: 'Ý định ít câu mẫu',
    links: 'Liên kết hỏng',
  },
  hints: {
    contradictions: 'Hai câu trả lời nói về cùng một việc nhưng con số khác nhau.',
    near: 'Bot đọc hai câu gần như một, nên chỉ có thể đoán. Chuyển một câu sang bên kia.',
    confusable: 'Khi giấu câu mẫu đi rồi hỏi lại, bot nhầm hai ý định này với nhau.',
    misread: 'Khi giấu câu mẫu này đi rồi hỏi lại, bot trả lời ý định khác. Có thể câu nằm nhầm chỗ.',
    thin: (enough: number): string => `Dưới ${number(enough)} câu mẫu thì bot học cách viết hơn là ý nghĩa.`,
    links: 'Ảnh, câu liên quan hoặc trang web không mở được.',
  },
  /** What is out of scope has no answer that could name it. */
  titleOf: ({ intent, title }: { readonly intent: string; readonly title: string }): string =>
    intent === 'none' ? 'Ngoài phạm vi' : title,
  likeness: (share: number): string => `giống ${percent(share)}`,
  in: (title: string): string => `trong “${title}”`,
  readAs: (title: string, confidence: number): string => `Bot hiểu là “${title}” (${percent(confidence)})`,
  askedBack: 'bot hỏi lại',
  onPurpose:
    'Câu này cố ý để ngoài phạm vi. Thêm vài câu tương tự vào Ngoài phạm vi để bot phân biệt rõ hơn.',
  pair: (one: string, other: string): string => `${one} ↔ ${other}`,
  pairCount: (count: number, share: number): string =>
    `${number(count)} câu bị nhầm, ${percent(share)} số câu mẫu`,
  move: (title: string): string => `Chuyển sang “${title}”`,
  remove: 'Bỏ câu này',
  removeNamed: (text: string): string => `Bỏ câu mẫu “${text}”`,
  moved: 'Đã chuyển trong bản nháp.',
  removed: 'Đã bỏ trong bản nháp.',
  open: 'Mở câu trả lời',
  openNamed: (title: string): string => `Mở “${title}”`,
  phrases: (count: number): string => `${number(count)} câu mẫu`,
  link: (target: string, problem: DeadLink['problem'], status: number | null): string =>
    `${target}: ${problems[problem]}${status === null ? '' : ` (${status})`}`,
  pagesNotChecked: 'Trang web bên ngoài chưa được kiểm tra lần này.',
  newDraft: 'Sửa sau khi khám bộ câu trả lời',
};

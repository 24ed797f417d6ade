/** What drafts say to their editors. */
import type { FaultKind } from '../corpus/check-corpus.ts';

type Words = readonly [message: string, remedy: string];

export const DRAFT_WORDS = {
  /** Of what the desk does not answer. */
  outOfScope: 'Ngoài phạm vi',
  /** Who made a draft out of the files. */
  files: 'Tệp intents/ và faq/',
  calibration: 'Thang độ tin cậy',
} as const;

/** The rules of the corpus as files are told them in src/corpus/file-problems.ts. */
export const FAULT_WORDS: Readonly<Record<FaultKind, (value: string, first: string) => Words>> = {
  'topic-unknown': (topic) => [`Chưa có chủ đề “${topic}”.`, 'Thêm chủ đề này hoặc sửa mã câu trả lời.'],
  untaught: () => ['Chưa có câu mẫu nào dẫn đến câu trả lời này.', 'Thêm ít nhất vài câu mẫu.'],
  'related-unknown': (id) => [`Mục liên quan “${id}” không có.`, 'Chọn mục khác hoặc bỏ mục này.'],
  'document-unknown': (letter) => [
    `Chưa có văn bản nguồn ${letter}.`,
    'Thêm văn bản hoặc chọn văn bản khác.',
  ],
  'without-source': () => ['Câu trả lời chưa có nguồn.', 'Chọn văn bản mà câu trả lời dựa vào.'],
  'without-answer': () => ['Câu trả lời đang trống.', 'Viết nội dung trả lời.'],
  heading: () => ['Dòng tiêu đề (#) không hiển thị được.', 'Dùng một dòng in đậm thay cho tiêu đề.'],
  html: () => ['Mã HTML không hiển thị được.', 'Chỉ dùng Markdown; chỗ cần điền thì viết [mã số].'],
  code: () => ['Bảng và khối mã không hiển thị được.', 'Dùng danh sách thay cho bảng.'],
  'bold-open': () => ['Dấu in đậm ** mở ra mà chưa đóng.', 'Thêm ** ở cuối chỗ in đậm.'],
  'bad-link': (address) => [`Liên kết chưa đúng: ${address}`, 'Viết cả địa chỉ, bắt đầu bằng https://.'],
  'image-not-alone': () => ['Hình không đứng thành một đoạn riêng.', 'Để một dòng trống trước và sau hình.'],
  'image-without-words': (address) => [
    `Hình ${address} chưa có lời mô tả.`,
    'Viết hình cho thấy gì vào giữa hai dấu ngoặc vuông.',
  ],
  'bad-image': (address) => [
    `Địa chỉ hình chưa đúng: ${address}`,
    'Dùng hình có sẵn, hoặc cả địa chỉ bắt đầu bằng https://.',
  ],
  'image-missing': (name) => [`Không có hình “${name}”.`, 'Chọn hình khác trong danh sách.'],
  unanswered: (intent) => [
    `Các câu mẫu của “${intent}” chưa có câu trả lời.`,
    'Viết câu trả lời, hoặc chuyển câu mẫu sang mục khác.',
  ],
  'intent-twice': (intent) => [`“${intent}” có hai danh sách câu mẫu.`, 'Gộp lại thành một.'],
  'phrase-twice': (phrase, first) => [
    `Câu “${phrase}” cũng nằm ở ${first}.`,
    'Chỉ giữ ở mục mà đa số người viết câu này muốn hỏi.',
  ],
};

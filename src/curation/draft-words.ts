/** What drafts say to their editors. */
import { TEXT_FAULT_WORDS } from '../contracts/answer-text.ts';
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
  ...TEXT_FAULT_WORDS,
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

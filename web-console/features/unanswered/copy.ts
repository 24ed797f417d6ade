/** The words of the inbox of unanswered questions and of the questions that releases are judged by. */
import type { RatingReason } from '../../../src/contracts/chat.ts';
import type { LexiconKind } from '../../../src/contracts/curation.ts';
import type { GroupActView, GroupState, MissKind } from '../../../src/contracts/unanswered.ts';

const number = (count: number): string => count.toLocaleString('vi-VN');
const percent = (share: number): string => `${Math.round(share * 100)}%`;

const signals: Readonly<Record<MissKind, string>> = {
  unknown: 'Chưa biết',
  clarified: 'Hỏi lại rồi bỏ',
  unhelpful: 'Chê câu trả lời',
  handedOver: 'Xin gặp người',
  wrong: 'Trả lời sai',
  proposed: 'Nhân viên gợi ý',
};
const states: Readonly<Record<GroupState, string>> = {
  open: 'Cần xử lý',
  drafted: 'Đã vào bản nháp',
  done: 'Đã xong',
  ignored: 'Đã bỏ qua',
};
const acts: Readonly<Record<GroupActView['kind'], (target: string) => string>> = {
  taught: (target) => `Đã thêm vào “${target}”`,
  outOfScope: () => 'Đã đánh dấu ngoài phạm vi',
  entry: (target) => `Đã tạo câu trả lời “${target}”`,
  lexicon: (target) => `Đã thêm “${target}” vào từ điển`,
  ignored: () => 'Đã bỏ qua',
};
const kinds: Readonly<Record<Exclude<LexiconKind, 'courtesy'>, string>> = {
  abbreviation: 'Viết tắt',
  misspelling: 'Viết sai',
  synonyms: 'Cùng nghĩa',
};
const reasons: Readonly<Record<RatingReason, string>> = {
  wrong: 'sai',
  unclear: 'khó hiểu',
  incomplete: 'thiếu',
  'did-not-work': 'làm theo không được',
  other: 'lý do khác',
};

export const words = {
  title: 'Câu chưa trả lời được',
  lead: 'Những câu bot chưa phục vụ tốt, gom theo ý, xếp theo số người và mức thiệt hại. Câu bot hỏi lại rồi người hỏi bỏ đi hiện ở đây sau khoảng 32 phút im lặng, khi đã rõ là họ không quay lại.',
  tabs: { groups: 'Câu hỏi', confirmed: 'Câu kiểm tra' },
  tabsTitle: 'Câu chưa trả lời được',
  filters: {
    search: 'Tìm trong câu hỏi',
    signal: 'Dấu hiệu',
    anySignal: 'Mọi dấu hiệu',
    topic: 'Chủ đề gợi ý',
    anyTopic: 'Mọi chủ đề',
    days: 'Thời gian',
    anyDays: 'Mọi lúc',
    day: { '1': '24 giờ qua', '7': '7 ngày qua', '30': '30 ngày qua' },
    state: 'Trạng thái',
  },
  signals,
  signal: (kind: MissKind, people: number): string => `${signals[kind]} ${number(people)}`,
  states,
  stateCount: (state: GroupState, count: number): string => `${states[state]} (${number(count)})`,
  listTitle: 'Các nhóm câu hỏi',
  people: (count: number): string => `${number(count)} người`,
  times: (count: number): string => `${number(count)} lần hỏi`,
  total: (count: number): string => `${number(count)} nhóm câu hỏi`,
  returned: 'Quay lại',
  trend: (days: readonly number[]): string => `7 ngày qua: ${days.join(', ')} người mỗi ngày`,
  suggested: (title: string, confidence: number): string => `→ ${title} · ${percent(confidence)}`,
  noSuggestion: 'Chưa có gợi ý',
  none: 'Không còn câu nào cần xử lý. Bot đang phục vụ tốt.',
  noMatch: 'Không có nhóm nào khớp bộ lọc.',
  choose: 'Chọn một nhóm câu hỏi để xem.',
  back: 'Về danh sách',
  pages: 'Các trang',
  page: (page: number): string => `Trang ${page}`,
  since: (first: string, last: string): string => `Từ ${first}, gần nhất ${last}`,

  wordings: 'Cách hỏi',
  wordingsHint: 'Câu được chọn sẽ thành câu mẫu của ý định.',
  chosen: (count: number, all: number): string => `Đã chọn ${number(count)} trong ${number(all)}`,
  selectAll: 'Chọn tất cả',
  selectNone: 'Bỏ chọn',
  understood: (text: string): string => `Bot hiểu: ${text}`,
  proposed: (title: string): string => `Nhân viên gợi ý: ${title}`,
  holdOut: 'Câu còn lại dùng làm câu kiểm tra',
  holdOutHint: 'Không dạy cho bot; mỗi lần phát hành, bot phải trả lời đúng các câu này.',
  teachTitle: 'Thuộc về ý định',
  teach: (place: number, title: string, confidence: number): string =>
    `${place}. ${title} (${percent(confidence)})`,
  other: 'Ý định khác',
  otherPlaceholder: 'Tìm theo tên câu trả lời',
  otherNone: 'Không có câu trả lời nào như vậy',
  outOfScope: 'Ngoài phạm vi',
  addWord: 'Thêm vào từ điển',
  addEntry: 'Câu trả lời mới',
  ignore: 'Bỏ qua',
  undo: 'Hoàn tác',
  undone: 'Đã hoàn tác.',
  acts,
  outOfScopeName: 'ngoài phạm vi',
  actBy: (who: string, when: string): string => `${who}, ${when}`,
  actPhrases: (count: number): string => `${number(count)} câu mẫu`,
  actHeldOut: (count: number): string => `${number(count)} câu kiểm tra`,
  openDraft: 'Xem bản nháp',
  nothingChosen: 'Chọn ít nhất một cách hỏi.',

  samples: 'Trong hội thoại',
  overApi: 'Hỏi qua API',
  erased: 'Hội thoại đã xóa',
  openConversation: 'Mở hội thoại',
  ratedWhy: (why: RatingReason): string => `Chê: ${reasons[why]}`,
  authors: { contact: 'Người hỏi', bot: 'Bot', agent: 'Nhân viên', system: 'Hệ thống' },

  ignoreTitle: 'Bỏ qua nhóm câu hỏi',
  ignoreHint: 'Nhóm tự quay lại nếu trong một tuần có số người hỏi gấp ba.',
  ignoreReason: 'Lý do',
  ignoreReasons: ['Không liên quan đến VssID', 'Câu đùa, thử bot', 'Câu vô nghĩa', 'Chỉ xảy ra một lần'],

  wordTitle: 'Thêm vào từ điển',
  wordKind: 'Loại',
  wordKinds: kinds,
  word: {
    abbreviation: 'Chữ viết tắt',
    misspelling: 'Chữ đúng',
    synonyms: 'Từ chính',
  } satisfies Record<keyof typeof kinds, string>,
  forms: {
    abbreviation: 'Đọc là',
    misspelling: 'Các cách viết sai',
    synonyms: 'Các từ cùng nghĩa',
  } satisfies Record<keyof typeof kinds, string>,
  formsMissing: 'Cần ít nhất một từ: gõ rồi Enter.',
  formsHint: 'Nhấn Enter sau mỗi từ.',
  save: 'Thêm vào bản nháp',
  saved: 'Đã thêm vào bản nháp.',

  entryTitle: 'Câu trả lời mới',
  entryTopic: 'Chủ đề',
  entryName: 'Mã',
  entryNameMalformed: 'Chỉ dùng chữ thường không dấu, chữ số và gạch ngang.',
  entryHeading: 'Tiêu đề',
  entrySource: 'Theo văn bản',
  entryDate: 'Ngày của quy định',
  entryDateMalformed: 'Viết 2025, 2025-07 hoặc 2025-07-01.',
  entryText: 'Câu trả lời (Markdown)',
  entryHint: 'Viết ngắn, có thể sửa tiếp trong mục Câu trả lời.',

  confirmedLead:
    'Mỗi lần phát hành, bot phải trả lời đúng những câu này. Chúng không bao giờ được dạy cho bot.',
  confirmedSearch: 'Tìm câu hoặc ý định',
  confirmedNone:
    'Chưa có câu kiểm tra nào. Đánh dấu “Đúng” ở câu trả lời trong hội thoại, hoặc giữ lại cách hỏi khi dạy bot.',
  confirmedNoMatch: 'Không có câu nào khớp.',
  confirmedTotal: (count: number): string => `${number(count)} câu kiểm tra`,
  confirmedText: 'Câu hỏi',
  confirmedIntent: 'Phải trả lời',
  confirmedSource: { mark: 'Đánh dấu trong hội thoại', inbox: 'Giữ lại khi dạy' },
  confirmedBy: 'Người xác nhận',
  remove: 'Bỏ',
  removeNamed: (text: string): string => `Bỏ câu “${text}”`,
  removeTitle: 'Bỏ câu kiểm tra?',
  removeText: (text: string): string => `“${text}” sẽ không còn được hỏi trước mỗi lần phát hành.`,
  removed: 'Đã bỏ câu kiểm tra.',

  keys: {
    next: 'Nhóm sau',
    previous: 'Nhóm trước',
    accept: (place: number): string => `Nhận gợi ý ${place}`,
    outOfScope: 'Ngoài phạm vi',
    ignore: 'Bỏ qua nhóm',
    undo: 'Hoàn tác',
  },
};

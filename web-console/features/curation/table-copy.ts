/** The words of bringing phrases in from a table. */
import { count } from './copy.ts';

export const tableWords = {
  title: 'Nhập câu mẫu từ tệp',
  lead: 'Tệp CSV hoặc XLSX có hai cột: mục (mã hoặc tiêu đề câu trả lời) và câu mẫu. Câu đã có thì bỏ qua; không câu nào bị xóa.',
  choose: 'Chọn tệp',
  drop: 'hoặc thả tệp vào đây (tối đa 5 MB)',
  chooseOther: 'Chọn tệp khác',
  columns: { intent: '“Ý định” (hoặc “Mã”, “Câu trả lời”)', phrase: '“Câu mẫu” (hoặc “Câu”, “Câu hỏi”)' },
  missing: (columns: readonly string[]): string =>
    `Dòng đầu của bảng thiếu cột ${columns.join(' và cột ')}. Thêm tên cột rồi chọn lại tệp.`,
  reading: 'Đang đọc tệp…',
  readOf: (name: string): string => `Kết quả đọc thử ${name}. Chưa có gì thay đổi.`,
  rows: (rows: number): string => `${count(rows)} dòng`,
  toAdd: (phrases: number): string => `${count(phrases)} câu mới`,
  known: (phrases: number): string => `${count(phrases)} câu đã có`,
  faulty: (rows: number): string => `${count(rows)} dòng lỗi`,
  faultsTitle: 'Những dòng này sẽ bị bỏ qua',
  row: (row: number): string => `Dòng ${row}`,
  nothing: 'Tệp không có câu mới nào.',
  intent: 'Mục',
  phrase: 'Câu mẫu',
  more: (rows: number): string => `… và ${count(rows)} dòng nữa.`,
  run: (phrases: number): string => `Nhập ${count(phrases)} câu`,
  running: (done: number, all: number): string => `Đã nhập ${count(done)}/${count(all)}`,
  progress: 'Tiến độ nhập',
  stop: 'Dừng',
  resume: 'Nhập tiếp',
  stopped: (done: number, all: number): string =>
    `Đã dừng ở ${count(done)}/${count(all)}. Nhập tiếp hay nhập lại từ đầu đều không bị trùng.`,
  brokenOff: 'Việc nhập bị gián đoạn. Bấm “Nhập tiếp”, những gì đã nhập không bị trùng.',
  done: (phrases: number): string => `Đã nhập ${count(phrases)} câu vào bản nháp.`,
} as const;

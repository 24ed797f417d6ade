/** What the chat can show of an answer, and what of a text it cannot. Without zod: browsers check by the same. Pure. */

const IMAGES = /!\[[^[\]]*\]\([^()\s]*\)/g;
const IMAGE_ALONE = /^!\[([^[\]]*)\]\(([^()\s]+)\)$/;

export type TextFaultKind =
  | 'heading'
  | 'html'
  | 'code'
  | 'bold-open'
  | 'bad-link'
  | 'image-not-alone'
  | 'image-without-words'
  | 'bad-image'
  | 'image-missing';

export interface TextFault {
  readonly kind: TextFaultKind;
  /** What the words are about: the bad address, the image that is not there. */
  readonly value?: string;
}

/** What is wrong, and what to do, to be told to editors. */
export const TEXT_FAULT_WORDS: Readonly<
  Record<TextFaultKind, (value: string) => readonly [message: string, remedy: string]>
> = {
  heading: () => ['Dòng tiêu đề (#) không hiển thị được.', 'Dùng một dòng in đậm thay cho tiêu đề.'],
  html: () => ['Mã HTML không hiển thị được.', 'Chỉ dùng Markdown; chỗ cần điền thì viết [mã số].'],
  code: () => ['Bảng và khối mã không hiển thị được.', 'Dùng danh sách thay cho bảng.'],
  'bold-open': () => ['Dấu in đậm ** mở ra mà chưa đóng.', 'Thêm ** ở cuối chỗ in đậm.'],
  'bad-link': (address) => [
    address === '' ? 'Liên kết chưa có địa chỉ.' : `Liên kết chưa đúng: ${address}.`,
    'Viết cả địa chỉ, bắt đầu bằng https://.',
  ],
  'image-not-alone': () => ['Hình không đứng thành một đoạn riêng.', 'Để một dòng trống trước và sau hình.'],
  'image-without-words': (address) => [
    `Hình ${address} chưa có lời mô tả.`,
    'Viết hình cho thấy gì vào giữa hai dấu ngoặc vuông.',
  ],
  'bad-image': (address) => [
    `Địa chỉ hình chưa đúng: ${address}.`,
    'Dùng hình có sẵn, hoặc cả địa chỉ bắt đầu bằng https://.',
  ],
  'image-missing': (name) => [`Không có hình “${name}”.`, 'Chọn hình khác trong danh sách.'],
};

/** @param pictures names of the images at `/media/` */
export function findTextFaults(markdown: string, pictures: ReadonlySet<string>): TextFault[] {
  return [...findMarkdownFaults(markdown), ...findImageFaults(markdown, pictures)];
}

/** The faults in the editors' words, each once. */
export function sayTextFaults(markdown: string, pictures: ReadonlySet<string>): string[] {
  const said = findTextFaults(markdown, pictures).map(({ kind, value = '' }) =>
    TEXT_FAULT_WORDS[kind](value).join(' '),
  );
  return [...new Set(said)];
}

/** The widget shows paragraphs, lists, bold, https links and images; everything else would be shown raw. */
function findMarkdownFaults(markdown: string): TextFault[] {
  const faults: TextFault[] = [];
  if (/^#{1,6} /m.test(markdown)) faults.push({ kind: 'heading' });
  if (/<[a-z!/]/i.test(markdown)) faults.push({ kind: 'html' });
  if (/```|^\|/m.test(markdown)) faults.push({ kind: 'code' });
  if (((markdown.match(/\*\*/g) ?? []).length & 1) === 1) faults.push({ kind: 'bold-open' });
  for (const [, address = ''] of markdown.replace(IMAGES, '').matchAll(/\]\(([^)]*)\)/g)) {
    if (!isWebAddress(address)) faults.push({ kind: 'bad-link', value: address });
  }
  return faults;
}

/** An image is a paragraph of its own, has words for those who do not see it, and exists. */
function findImageFaults(markdown: string, pictures: ReadonlySet<string>): TextFault[] {
  const faults: TextFault[] = [];
  for (const paragraph of markdown.split(/(?:\r?\n[ \t]*){2,}/)) {
    if (!paragraph.includes('![')) continue;
    const [, words = '', address = ''] = IMAGE_ALONE.exec(paragraph) ?? [];
    const name = /^\/media\/([\w-]+\.\w+)$/.exec(address)?.[1];
    if (address === '') faults.push({ kind: 'image-not-alone' });
    else if (words.trim() === '') faults.push({ kind: 'image-without-words', value: address });
    else if (name === undefined && !isWebAddress(address)) faults.push({ kind: 'bad-image', value: address });
    else if (name !== undefined && !pictures.has(name)) faults.push({ kind: 'image-missing', value: name });
  }
  return faults;
}

function isWebAddress(address: string): boolean {
  return address.startsWith('https://') && URL.canParse(address);
}

/** A conversation as a text file to keep. Pure. */
import type { Bubble } from '../contracts/chat.ts';
import type { Message } from './conversation.ts';

const AUTHORS: Readonly<Record<Message['author'], string>> = {
  contact: 'Anh/Chị',
  bot: 'Trợ lý ảo VssID',
  agent: 'Nhân viên hỗ trợ',
  system: 'Hệ thống',
};
const TIME = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** The whole file; times of Việt Nam. */
export function writeTranscript(messages: readonly Message[], now: Date): string {
  const head = `Nội dung trò chuyện với Hỗ trợ VssID\nTải lúc ${TIME.format(now)}\n`;
  return [head, ...messages.map(writeMessage)].join('\n');
}

function writeMessage({ author, agent, at, text, bubbles }: Message): string {
  const said = [text, ...bubbles.map(writeBubble)].filter((part) => part !== '');
  const name = agent === null ? AUTHORS[author] : `${AUTHORS[author]} ${agent.name}`;
  return `[${TIME.format(at)}] ${name}:\n${said.join('\n\n')}\n`;
}

/** A bubble in words. */
export function writeBubble(bubble: Bubble): string {
  const rows = (labelled: readonly { label: string; value: string }[]): string[] =>
    labelled.map(({ label, value }) => `${label}: ${value}`);
  switch (bubble.kind) {
    case 'text':
      return withoutMarks(bubble.markdown);
    case 'answer':
      return `${bubble.title}\n${withoutMarks(bubble.markdown)}`;
    case 'summary':
      return [bubble.title, ...rows(bubble.rows)].join('\n');
    case 'ticket':
      return [`${bubble.title}: ${bubble.code}`, ...rows(bubble.rows)].join('\n');
    case 'offices':
      return bubble.offices
        .map(({ name, address, phones }) =>
          [name, address, ...phones.map(writePhone)].filter((line) => line !== undefined).join('\n'),
        )
        .join('\n\n');
    case 'file':
      return `[Tệp: ${bubble.name}]`;
  }
}

function writePhone({ number, extension }: { number: string; extension?: string | undefined }): string {
  return extension === undefined ? number : `${number} (số nội bộ ${extension})`;
}

function withoutMarks(markdown: string): string {
  return markdown
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')
    .replace(/\*\*/g, '');
}

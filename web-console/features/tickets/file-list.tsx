import type { TicketFile } from '../../../src/contracts/tickets.ts';
import { BubbleView } from '../conversations/bubble-view.tsx';
import { copy } from './copy.ts';

export function FileList({ files }: { readonly files: readonly TicketFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="console-plain-list ticket-files" aria-label={copy.detail.attachments}>
      {files.map((file) => (
        <li key={file.url}>
          <BubbleView bubble={file} />
        </li>
      ))}
    </ul>
  );
}

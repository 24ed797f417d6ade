import { CloseButton, Progress, Text } from '@mantine/core';
import { copy } from '../../copy.ts';
import { formatSize } from './file-size.ts';
import type { Attachments } from './use-attachments.ts';

const words = copy.conversations.attachments;

/** What goes with the message, and how far its upload is. */
export function AttachmentList({ attachments }: { readonly attachments: Attachments }) {
  if (attachments.items.length === 0) return null;
  return (
    <ul className="attachments">
      {attachments.items.map(({ key, name, size, file, progress }) => (
        <li key={key}>
          <Text size="sm" truncate>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {formatSize(size)}
          </Text>
          <CloseButton size="sm" aria-label={words.remove(name)} onClick={() => attachments.remove(key)} />
          {file === null && (
            <Progress
              value={progress * 100}
              size="xs"
              className="attachment-progress"
              aria-label={words.uploading(name)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

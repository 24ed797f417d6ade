import { Text } from '@mantine/core';
import IconEye from '@tabler/icons-react/icons/IconEye';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import type { ConversationRow } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import type { OpenConversation } from '../../sync/desk-state.ts';
import { contactNameOf, listNames } from './names.ts';

const words = copy.conversations;

interface ViewersBarProps {
  readonly conversation: OpenConversation;
  readonly row: ConversationRow;
}

/** Above the composer: which colleagues look at it or write, and whether the contact does. */
export function ViewersBar({ conversation: { viewers, contactTyping }, row }: ViewersBarProps) {
  const writers = viewers.filter(({ typing }) => typing);
  const readers = viewers.filter(({ typing }) => !typing);
  return (
    <div className="viewers" role="status">
      {writers.length > 0 && (
        <Text size="sm" className="viewers-writing" component="span">
          <IconPencil size={15} aria-hidden /> {words.typing(listNames(writers))}
        </Text>
      )}
      {readers.length > 0 && (
        <Text size="sm" c="dimmed" component="span">
          <IconEye size={15} aria-hidden /> {words.viewing(listNames(readers))}
        </Text>
      )}
      {contactTyping && (
        <Text size="sm" c="dimmed" component="span" className="viewers-contact">
          {words.contactTyping(contactNameOf(row))}
        </Text>
      )}
    </div>
  );
}

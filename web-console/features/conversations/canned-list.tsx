import { Text, VisuallyHidden } from '@mantine/core';
import type { CannedReply } from '../../../src/contracts/canned.ts';
import { copy } from '../../copy.ts';
import type { CannedList } from './use-canned-list.ts';

const words = copy.conversations.canned;

interface CannedListViewProps {
  readonly list: CannedList;
  readonly pick: (reply: CannedReply) => void;
}

/** Above the composer; the keys stay with the text, so the list is only pointed at. */
export function CannedListView({ list, pick }: CannedListViewProps) {
  return (
    <>
      <VisuallyHidden aria-live="polite">
        {list.isOpen ? (list.replies.length === 0 ? words.none : words.count(list.replies.length)) : ''}
      </VisuallyHidden>
      {list.isOpen && list.replies.length === 0 && (
        <Text size="sm" c="dimmed" className="canned-list" p="sm">
          {words.none}
        </Text>
      )}
      {list.isOpen && list.replies.length > 0 && (
        <div className="canned-list" role="listbox" id={list.id} aria-label={words.label}>
          {list.replies.map((reply, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text field
            <div
              key={reply.id}
              id={list.optionId(place)}
              role="option"
              tabIndex={-1}
              aria-selected={place === list.active}
              className="canned-option"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(reply)}
            >
              <Text size="sm" fw={600} component="span">
                /{reply.shortcut}
              </Text>
              <Text size="sm" component="span">
                {reply.title}
              </Text>
              <Text size="xs" c="dimmed" truncate component="span" className="canned-text">
                {reply.text}
              </Text>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

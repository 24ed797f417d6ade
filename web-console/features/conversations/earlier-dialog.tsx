import { Loader, Modal, Text } from '@mantine/core';
import type { EarlierConversation } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { useOpenConversation } from '../../sync/use-desk.ts';
import { formatDayAndTime } from './clock.ts';
import { standingOf } from './standing.ts';
import { TranscriptView } from './transcript-view.tsx';

const words = copy.conversations;

/** A conversation of before, to be read only. */
export function EarlierDialog(props: {
  readonly conversation: EarlierConversation;
  readonly close: () => void;
}) {
  const { account, may } = useSession();
  const conversation = useOpenConversation(props.conversation.id);
  return (
    <Modal
      opened
      onClose={props.close}
      title={words.side.earlierTitle(formatDayAndTime(props.conversation.openedAt))}
      size="lg"
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <div className="earlier">
        {conversation?.phase === 'missing' ? (
          <Text>{words.noConversation}</Text>
        ) : conversation?.row == null ? (
          <Loader />
        ) : (
          <TranscriptView
            conversation={conversation}
            standing={standingOf(conversation.row, account.id, may)}
          />
        )}
      </div>
    </Modal>
  );
}

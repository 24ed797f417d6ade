import { Button, Group, Text } from '@mantine/core';
import { useNavigate } from 'react-router';
import { copy } from '../../copy.ts';
import { useInbox } from './inbox-queries.ts';
import { contactNameOf } from './names.ts';
import { useActions } from './use-actions.ts';
import { useInboxAddress } from './use-inbox-address.ts';

const words = copy.conversations;

/** Below a conversation that is closed: who comes next. */
export function NextInQueue() {
  const next = useInbox({ view: 'queue' }).data?.pages[0]?.conversations[0];
  const { addressOf } = useInboxAddress();
  const navigate = useNavigate();
  const { claim, isBusy } = useActions(next?.id ?? '');
  if (next === undefined) return null;
  const take = async (): Promise<void> => {
    if (await claim()) navigate(addressOf(next.id));
  };
  return (
    <Group className="conversation-next" justify="space-between" gap="sm" role="status">
      <Text size="sm">{words.nextWaits(contactNameOf(next))}</Text>
      <Button size="compact-sm" onClick={() => void take()} loading={isBusy}>
        {words.act.next}
      </Button>
    </Group>
  );
}

import { Anchor, Button, Drawer, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { ConversationsBehind } from '../../../src/contracts/analytics.ts';
import { copy } from '../../copy.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { formatDayAndTime } from '../conversations/clock.ts';
import type { Address } from './analytics-address.ts';
import { type BehindWhat, useBehind } from './analytics-queries.ts';
import { words } from './copy.ts';
import { useLabelOf } from './definition-tip.tsx';

const behind = words.behind;

/** The conversations behind a number, the newest first. */
export function BehindDrawer(props: {
  readonly address: Address;
  readonly what: BehindWhat | null;
  readonly close: () => void;
}) {
  const { address, what, close } = props;
  const label = useLabelOf()(what?.count ?? 'visits');
  return (
    <Drawer
      opened={what !== null}
      onClose={close}
      position="right"
      size="lg"
      title={behind.title(label)}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      {what !== null && <List address={address} what={what} />}
    </Drawer>
  );
}

function List({ address, what }: { readonly address: Address; readonly what: BehindWhat }) {
  const list = useBehind(address, what);
  if (list.isPending) return <RowsSkeleton />;
  if (list.isError) return <LoadFailed error={list.error} retry={() => void list.refetch()} />;
  const found = list.data.pages.flatMap(({ conversations }) => conversations);
  if (found.length === 0 && !list.hasNextPage) return <Empty text={behind.empty} />;
  return (
    <Stack gap="md">
      <ul className="analytics-behind">
        {found.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {behind.more}
        </Button>
      )}
    </Stack>
  );
}

function Row({ row }: { readonly row: ConversationsBehind['conversations'][number] }) {
  const { id, contactName, contactLabel, openedAt, question, lastMessage, status, agent } = row;
  const who = contactName ?? contactLabel;
  return (
    <li>
      <Anchor href={`/console/inbox/${id}`} target="_blank" rel="noreferrer" fw={600}>
        {who}
        <VisuallyHidden>{behind.newTab}</VisuallyHidden>
      </Anchor>
      <Text size="sm" className="console-anywhere" lineClamp={2}>
        {question ?? lastMessage?.text ?? behind.noMessage}
      </Text>
      <Text size="sm" c="dimmed">
        {[formatDayAndTime(openedAt), copy.conversations.statuses[status], agent?.name]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </li>
  );
}

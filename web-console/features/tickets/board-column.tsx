import { Button, Loader, Text, Title } from '@mantine/core';
import { type DragEvent, useId, useState } from 'react';
import type { TicketRow, TicketStatus } from '../../../src/contracts/tickets.ts';
import { LoadFailed } from '../../shell/states.tsx';
import { BoardCard, type BoardCardProps } from './board-card.tsx';
import { copy } from './copy.ts';
import type { TicketAddress } from './ticket-address.ts';
import { rowsOf } from './ticket-pages.ts';
import { useTicketColumn } from './ticket-queries.ts';
import { targetsOf } from './transitions.ts';

const words = copy.board;

interface BoardColumnProps extends Omit<BoardCardProps, 'row'> {
  readonly status: TicketStatus;
  readonly address: TicketAddress;
  /** The card that is in the hand; null: none. */
  readonly dragged: TicketRow | null;
}

/** One state: how many, the cards, more of them. Takes a card only where the ticket may go. */
export function BoardColumn(props: BoardColumnProps) {
  const { status, address, dragged, setDragged, move, here } = props;
  const id = useId();
  const list = useTicketColumn(address, status);
  const [isOver, setOver] = useState(false);
  const rows = rowsOf(list.data?.pages ?? []);
  const accepts = dragged !== null && targetsOf(dragged).includes(status);

  const onDragOver = (event: DragEvent): void => {
    if (!accepts) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    setOver(true);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (accepts && dragged !== null) move?.(dragged, status);
    setDragged(null);
  };
  const standing =
    dragged === null
      ? 'still'
      : accepts
        ? isOver
          ? 'over'
          : 'open'
        : dragged.status === status
          ? 'still'
          : 'shut';
  return (
    <section
      aria-labelledby={id}
      className="ticket-column"
      data-status={status}
      data-drop={standing}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className="ticket-column-head">
        <Title order={2} size="h5" id={id}>
          {copy.statuses[status]}
        </Title>
        {list.isSuccess && (
          <Text
            size="sm"
            c="dimmed"
            component="span"
            aria-label={words.countLabel(rows.length, list.hasNextPage)}
            role="img"
          >
            {words.count(rows.length, list.hasNextPage)}
          </Text>
        )}
      </div>
      {list.isPending && <Loader size="sm" />}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <Text size="sm" c="dimmed" ta="center" py="md">
          {words.empty}
        </Text>
      )}
      <ul className="console-plain-list ticket-column-cards">
        {rows.map((row) => (
          <BoardCard key={row.code} row={row} here={here} setDragged={setDragged} move={move} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="subtle"
          size="sm"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {copy.more}
        </Button>
      )}
    </section>
  );
}

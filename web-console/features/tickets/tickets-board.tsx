/** Tickets by state, to be moved from one column to the next. */
import { SegmentedControl, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketRow, TicketStatus } from '../../../src/contracts/tickets.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { Page } from '../../shell/page.tsx';
import { BoardColumn } from './board-column.tsx';
import { copy } from './copy.ts';
import { TicketActs } from './ticket-acts.tsx';
import { STATUSES } from './ticket-address.ts';
import { fits } from './ticket-pages.ts';
import { TicketTools } from './ticket-tools.tsx';
import { changeTo } from './transitions.ts';
import { mayWaitFor } from './use-reply-checks.ts';
import { useTicketAct } from './use-ticket-act.ts';
import { useTicketAddress } from './use-ticket-address.ts';
import { useTicketFacts } from './use-ticket-facts.ts';

const words = copy.board;
const NARROW = '(max-width: 48em)';
const WIDTH = 2_000;

export function TicketsBoard() {
  const addressing = useTicketAddress();
  const { account, may } = useSession();
  const queries = useQueryClient();
  const { change } = useTicketAct();
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const [column, setColumn] = useState<TicketStatus>('new');
  const [dragged, setDragged] = useState<TicketRow | null>(null);
  // The columns are all that narrows down by state.
  const { status: _, ...others } = addressing.address;
  const address = { ...others, view: 'all' as const };
  useTicketFacts({
    fitsColumn: (row) => fits(row, address, account.id),
    onEntered: () => void queries.invalidateQueries({ queryKey: ['tickets', 'column'] }),
  });

  const move = async (row: TicketRow, to: TicketStatus): Promise<void> => {
    const request = changeTo(row, to);
    if (request === null) return;
    if (to === 'waiting' && !(await mayWaitFor(row))) return;
    if (to === 'resolved' && !(await confirmAct(words.resolve(row.code)))) return;
    await change(row.code, request, words.moved(row.code, copy.statuses[to]));
  };
  const mayMove = may('tickets.handle');
  return (
    <Page
      title={words.title}
      actions={<TicketActs shown="board" address={addressing.address} />}
      width={WIDTH}
    >
      <TicketTools addressing={addressing} isBoard />
      {isNarrow ? (
        <SegmentedControl
          aria-label={words.columns}
          className="ticket-columns-switch"
          size="xs"
          value={column}
          onChange={(value) => setColumn(value as TicketStatus)}
          data={STATUSES.map((value) => ({ value, label: copy.statuses[value] }))}
        />
      ) : (
        mayMove && (
          <Text size="sm" c="dimmed">
            {words.hint}
          </Text>
        )
      )}
      <div className="ticket-board" data-dragging={dragged !== null || undefined}>
        {(isNarrow ? [column] : STATUSES).map((status) => (
          <BoardColumn
            key={status}
            status={status}
            address={address}
            dragged={dragged}
            setDragged={setDragged}
            move={mayMove ? (row, to) => void move(row, to) : null}
            here={addressing.here}
          />
        ))}
      </div>
    </Page>
  );
}

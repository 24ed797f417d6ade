/** Keeps what the tickets' screens have read as it is on the desk. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { TicketRow } from '../../../src/contracts/tickets.ts';
import { useDeskEvents } from '../../sync/use-desk.ts';
import { COUNTS_KEY, takeRow, ticketKey } from './ticket-queries.ts';

/** Many changes at once make one reading. */
const COUNT_WITHIN_MS = 1_000;

interface TicketFactsListener {
  /** A ticket has changed, by whomever. */
  readonly onRow?: (row: TicketRow) => void;
  /** Facts may have been missed. */
  readonly onEntered?: () => void;
  /** Left out: every changed row goes into the column of its state. */
  readonly fitsColumn?: (row: TicketRow) => boolean;
}

export function useTicketFacts({ onRow, onEntered, fitsColumn }: TicketFactsListener): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useDeskEvents((event) => {
    if (event.kind === 'entered') {
      void queries.invalidateQueries({ queryKey: ['tickets', 'one'] });
      void queries.invalidateQueries({ queryKey: COUNTS_KEY });
      onEntered?.();
    }
    if (event.kind !== 'ticket') return;
    const { row } = event;
    // Told first: it compares with what was known until now.
    onRow?.(row);
    takeRow(queries, row, fitsColumn);
    const known = queries.getQueryData<TicketRow>(ticketKey(row.code));
    if (known !== undefined && known.revision < row.revision)
      void queries.invalidateQueries({ queryKey: ticketKey(row.code) });
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => void queries.invalidateQueries({ queryKey: COUNTS_KEY }),
      COUNT_WITHIN_MS,
    );
  });
}

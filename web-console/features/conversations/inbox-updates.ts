/** Keeps the lists that were read as they are on the desk, on every screen of the console. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useDeskEvents } from '../../sync/use-desk.ts';
import { dropFromPages, findInPages, movesRow, type Pages, patchPages } from './inbox-pages.ts';
import { createListRefresh, INBOX_KEY } from './inbox-queries.ts';

/** Somebody came or went: at once, but not for each of many. */
const MOVED_WITHIN_MS = 400;
/** Only the last message is another; the order of a list may follow later. */
const SAID_WITHIN_MS = 5_000;

export function useInboxUpdates(): void {
  const queries = useQueryClient();
  const refresh = useMemo(() => createListRefresh(queries), [queries]);
  useEffect(() => refresh.stop, [refresh]);
  useDeskEvents((event) => {
    if (event.kind === 'entered') refresh.within(0);
    else if (event.kind === 'erased') {
      queries.setQueriesData<Pages>({ queryKey: [INBOX_KEY] }, (data) =>
        data === undefined ? data : dropFromPages(data, event.conversation),
      );
      refresh.within(MOVED_WITHIN_MS);
    } else if (event.kind === 'row') {
      const { row } = event;
      let before: ReturnType<typeof findInPages>;
      queries.setQueriesData<Pages>({ queryKey: [INBOX_KEY] }, (data) => {
        if (data === undefined) return data;
        before ??= findInPages(data, row.id);
        return patchPages(data, row);
      });
      refresh.within(movesRow(before, row) ? MOVED_WITHIN_MS : SAID_WITHIN_MS);
    }
  });
}

/** The chosen list: its rows, more of them, and what is done with several at once. */
import { Button, Center } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { TicketRow } from '../../../src/contracts/tickets.ts';
import { useSession } from '../../session.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { CallbackRows } from './callback-rows.tsx';
import { copy } from './copy.ts';
import { FoundElsewhere } from './found-elsewhere.tsx';
import { piecesOf } from './ticket-address.ts';
import { fits, rowsOf } from './ticket-pages.ts';
import { LIST_KEY, useTicketList } from './ticket-queries.ts';
import { TicketCards, TicketTable } from './ticket-table.tsx';
import { useRowKeys } from './use-row-keys.ts';
import type { TicketAddressing } from './use-ticket-address.ts';
import { useTicketFacts } from './use-ticket-facts.ts';

const NARROW = '(max-width: 48em)';
const NOTHING: ReadonlySet<string> = new Set();

export function TicketList({ addressing: { address, here } }: { readonly addressing: TicketAddressing }) {
  const { account, may } = useSession();
  const list = useTicketList(address);
  const rows = rowsOf(list.data?.pages ?? []);
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const place = useRef<HTMLDivElement>(null);
  const selection = useSelection(here);
  const fresh = useFresh(here, rows, (row) => fits(row, address, account.id));
  const toggle = may('tickets.handle') ? selection.toggle : null;
  useRowKeys({ place, toggle });

  if (list.isPending) return <RowsSkeleton rows={8} />;
  if (list.data === undefined) return <LoadFailed error={list.error} retry={() => void list.refetch()} />;

  const shownCodes = rows.map(({ code }) => code);
  const codes = shownCodes.filter((code) => selection.codes.has(code));
  const shared = {
    rows,
    selected: selection.codes,
    toggle,
    toggleAll: () => selection.setAll(codes.length === rows.length ? [] : shownCodes),
    here,
    sort: address.sort,
  };
  const isNarrowed = address.q !== undefined || piecesOf(address).length > 0;
  return (
    <>
      {fresh.count > 0 && (
        <Button variant="light" onClick={fresh.show} className="ticket-fresh">
          {copy.fresh(fresh.count)}
        </Button>
      )}
      {rows.length === 0 && (
        <Empty text={isNarrowed ? copy.nothing.found : copy.nothing[address.view]}>
          {address.q !== undefined && <FoundElsewhere address={address} here={here} />}
        </Empty>
      )}
      {rows.length > 0 && (
        <div ref={place}>
          {address.view === 'callbacks' ? (
            <CallbackRows {...shared} />
          ) : isNarrow ? (
            <TicketCards {...shared} />
          ) : (
            <TicketTable {...shared} />
          )}
        </div>
      )}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.fetchNextPage()} />}
      {list.hasNextPage && !list.isError && (
        <Center>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {copy.more}
          </Button>
        </Center>
      )}
      <BulkBar codes={codes} clear={() => selection.setAll([])} />
    </>
  );
}

/** The chosen tickets of this list; another list begins with none. */
function useSelection(here: string) {
  const [selection, setSelection] = useState({ here, codes: NOTHING });
  const codes = selection.here === here ? selection.codes : NOTHING;
  return {
    codes,
    toggle(code: string): void {
      const next = new Set(codes);
      if (!next.delete(code)) next.add(code);
      setSelection({ here, codes: next });
    },
    setAll: (all: readonly string[]): void => setSelection({ here, codes: new Set(all) }),
  };
}

/** What has come since the list was read and would be in it; the list does not jump by itself. */
function useFresh(here: string, rows: readonly TicketRow[], belongs: (row: TicketRow) => boolean) {
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState({ here, codes: NOTHING });
  const codes = waiting.here === here ? waiting.codes : NOTHING;
  const reload = (): void => {
    setWaiting({ here, codes: NOTHING });
    void queries.invalidateQueries({ queryKey: LIST_KEY });
  };
  useTicketFacts({
    onRow(row) {
      const isShown = rows.some(({ code }) => code === row.code);
      if (isShown || !belongs(row)) return;
      setWaiting({ here, codes: new Set([...codes, row.code]) });
    },
    onEntered: reload,
  });
  return { count: codes.size, show: reload };
}

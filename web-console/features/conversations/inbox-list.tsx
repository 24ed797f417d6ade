import { Badge, Box, Button, Center, Loader, Text } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { ContactTicket } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { useShortcut } from '../../keyboard.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { rowsOf } from './inbox-pages.ts';
import { useInbox } from './inbox-queries.ts';
import { InboxRow } from './inbox-row.tsx';
import { ticketKindName, ticketStatusName } from './names.ts';
import type { InboxAddress } from './use-inbox-address.ts';

const words = copy.conversations;

/** Conversations of the chosen list; more of them as one scrolls. */
export function InboxList({
  address,
  selected,
}: {
  readonly address: InboxAddress;
  readonly selected: string | null;
}) {
  const { filter, addressOf } = address;
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInbox(filter);
  const list = useRef<HTMLUListElement>(null);
  const rows = rowsOf(data?.pages ?? []);
  const tickets = data?.pages[0]?.tickets ?? [];

  const move = (step: 1 | -1): void => {
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const focused = links.indexOf(document.activeElement as HTMLAnchorElement);
    const shown = links.findIndex((link) => link.getAttribute('aria-current') === 'true');
    const from = focused >= 0 ? focused : shown >= 0 ? shown : step === 1 ? -1 : links.length;
    const next = links[Math.min(links.length - 1, Math.max(0, from + step))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useShortcut({ keys: 'j', label: words.keys.down, run: () => move(1) });
  useShortcut({ keys: 'k', label: words.keys.up, run: () => move(-1) });
  useShortcut({
    keys: 'Enter',
    label: words.keys.open,
    // What is focused does what it does anyway.
    run: () => document.activeElement instanceof HTMLElement && document.activeElement.click(),
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
  };

  if (isPending)
    return (
      <Box p="sm">
        <RowsSkeleton />
      </Box>
    );
  if (data === undefined)
    return (
      <Box p="sm">
        <LoadFailed error={error} retry={() => void refetch()} />
      </Box>
    );
  const isNarrowed = filter.q !== undefined || Object.keys(filter).length > 1;
  return (
    <Box className="inbox-scroll">
      {tickets.length > 0 && <FoundTickets tickets={tickets} />}
      {rows.length === 0 && <Empty text={isNarrowed ? words.nothing.found : words.nothing[filter.view]} />}
      <ul ref={list} className="inbox-rows" onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <li key={row.id}>
            <InboxRow row={row} to={addressOf(row.id)} isSelected={row.id === selected} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <NextPage isLoading={isFetchingNextPage} load={() => void fetchNextPage({ cancelRefetch: false })} />
      )}
    </Box>
  );
}

/** Comes by itself when it is scrolled into sight; the button is for the keyboard. */
function NextPage({ isLoading, load }: { readonly isLoading: boolean; readonly load: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  useEffect(() => {
    if (isLoading || place.current === null) return;
    const sight = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      rootMargin: '200px',
    });
    sight.observe(place.current);
    return () => sight.disconnect();
  }, [isLoading]);
  return (
    <Center ref={place} p="md" mih={60}>
      {isLoading ? (
        <Loader size="sm" />
      ) : (
        <Button variant="subtle" onClick={load}>
          {words.more}
        </Button>
      )}
    </Center>
  );
}

function FoundTickets({ tickets }: { readonly tickets: readonly ContactTicket[] }) {
  return (
    <section className="inbox-tickets" aria-label={words.ticketsFound}>
      <Text size="xs" fw={600} c="dimmed">
        {words.ticketsFound}
      </Text>
      {tickets.map((ticket) => (
        <div key={ticket.code} className="inbox-ticket">
          <Text size="sm" fw={600}>
            {ticket.code} · {ticketKindName(ticket.kind)}
          </Text>
          <Badge size="sm" variant="default" tt="none">
            {ticketStatusName(ticket.status)}
          </Badge>
          <Text size="sm" c="dimmed" truncate w="100%">
            {ticket.content}
          </Text>
        </div>
      ))}
    </section>
  );
}

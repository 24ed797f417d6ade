import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { copy } from './copy.ts';
import { readCode } from './read-code.ts';
import { atView, piecesOf, type TicketAddress, writeAddress } from './ticket-address.ts';
import { useTicket } from './ticket-queries.ts';

interface FoundElsewhereProps {
  readonly address: TicketAddress;
  /** The address of the list, for the way back. */
  readonly here: string;
}

/** Where to go on looking when the list at hand has nothing: the ticket of that very code, all tickets. */
export function FoundElsewhere({ address, here }: FoundElsewhereProps) {
  const code = readCode(address.q ?? '');
  const isNarrowed = address.view !== 'all' || piecesOf(address).length > 0;
  return (
    <>
      {code !== null && <TicketOfCode code={code} here={here} />}
      {isNarrowed && (
        <Anchor component={Link} to={`/tickets${writeAddress(atView(address, 'all'))}`}>
          {copy.elsewhere.all}
        </Anchor>
      )}
    </>
  );
}

function TicketOfCode({ code, here }: { readonly code: string; readonly here: string }) {
  const { data } = useTicket(code);
  return data === undefined ? null : (
    <Anchor component={Link} to={`/tickets/${code}`} state={{ from: here }} fw={600}>
      {copy.elsewhere.ticket(code, copy.statuses[data.status])}
    </Anchor>
  );
}

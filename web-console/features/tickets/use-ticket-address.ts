import { useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { readAddress, type TicketAddress, writeAddress } from './ticket-address.ts';

export interface TicketAddressing {
  readonly address: TicketAddress;
  /** As it stands in the address bar, for the way back. */
  readonly here: string;
  /** The same screen with another address. */
  readonly linkTo: (next: TicketAddress) => string;
  readonly go: (next: TicketAddress) => void;
  /** Does not fill the history with every letter that was typed. */
  readonly setWords: (words: string) => void;
}

/** What the address bar says of the list or the board, and how to change it. */
export function useTicketAddress(): TicketAddressing {
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const address = useMemo(() => readAddress(search), [search]);
  return useMemo(() => {
    const linkTo = (next: TicketAddress): string => pathname + writeAddress(next);
    return {
      address,
      here: linkTo(address),
      linkTo,
      go: (next) => void navigate(linkTo(next)),
      setWords(words) {
        const { q: _, ...others } = address;
        const q = words.trim();
        void navigate(linkTo(q === '' ? others : { ...others, q }), { replace: true });
      },
    };
  }, [address, pathname, navigate]);
}

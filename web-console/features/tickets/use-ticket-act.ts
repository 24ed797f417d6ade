/** Doing something with a ticket: one thing at a time, and what came of it on every screen. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { TicketChangeRequest, TicketDetail } from '../../../src/contracts/tickets.ts';
import { api } from '../../api.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { takeDetail, ticketKey } from './ticket-queries.ts';

export interface TicketAct {
  readonly isBusy: boolean;
  /** @returns what became of it; null: it was refused, and the person was told */
  readonly change: (code: string, change: TicketChangeRequest, done?: string) => Promise<TicketDetail | null>;
  /** The same for any request that is answered with the ticket. */
  readonly run: (request: () => Promise<TicketDetail>, done?: string) => Promise<TicketDetail | null>;
}

export function useTicketAct(): TicketAct {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const running = useRef(false);

  async function run(request: () => Promise<TicketDetail>, done?: string): Promise<TicketDetail | null> {
    // A key that is held down does it once.
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    try {
      const detail = await request();
      takeDetail(queries, detail);
      if (done !== undefined) sayDone(done);
      return detail;
    } catch (error) {
      sayFailed(error);
      return null;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return {
    isBusy,
    run,
    async change(code, change, done) {
      const detail = await run(() => api.post<TicketDetail>(`tickets/${code}/changes`, change), done);
      // It was refused upon what is shown here: that is not how it is any more.
      if (detail === null) void queries.invalidateQueries({ queryKey: ticketKey(code) });
      return detail;
    },
  };
}

/** What is asked before something goes to the citizen: somebody else was quicker, or it will hardly be read. */
import { useRef } from 'react';
import type { TicketDetail } from '../../../src/contracts/tickets.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { isUnreachable } from './contact-rules.ts';
import { copy } from './copy.ts';
import { findLaterReply, newestEntry } from './later-reply.ts';

export interface ReplyChecks {
  /** What is being written begins here: what stands in the history now has been read. */
  readonly begin: () => void;
  /** Whether a reply is to be sent, although a colleague has sent one meanwhile. */
  readonly maySend: () => Promise<boolean>;
}

export function useReplyChecks({ entries }: Pick<TicketDetail, 'entries'>): ReplyChecks {
  const { account } = useSession();
  const read = useRef(newestEntry(entries));
  const begin = (): void => {
    read.current = newestEntry(entries);
  };
  return {
    begin,
    async maySend() {
      const later = findLaterReply(entries, read.current, account.id);
      if (later === null) return true;
      const { title, text, act } = copy.laterReply;
      const goesOn = await confirmAct({ title: title(later.name), text: text(later.text), act });
      // It has been read now, whatever is done about it.
      begin();
      return goesOn;
    },
  };
}

/** Whether the ticket is to wait for somebody who left neither number nor address. */
export function mayWaitFor(ticket: Pick<TicketDetail, 'contact'>): Promise<boolean> {
  return isUnreachable(ticket) ? confirmAct(copy.unreachable) : Promise.resolve(true);
}

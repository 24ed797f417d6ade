/** What is done with a conversation, and what the person is told of it. */
import { useRef, useState } from 'react';
import type { Ack } from '../../../src/contracts/chat.ts';
import type { ConversationRow, TransferCommand } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { useDesk } from '../../sync/use-desk.ts';

const words = copy.conversations;

export interface Actions {
  readonly isBusy: boolean;
  /** All: whether it was done. */
  readonly claim: () => Promise<boolean>;
  readonly takeOver: () => Promise<boolean>;
  readonly join: () => Promise<boolean>;
  readonly transfer: (to: TransferCommand['to'], note: string) => Promise<boolean>;
  readonly close: (reason: string, tags: readonly string[]) => Promise<boolean>;
}

export function useActions(id: string): Actions {
  const desk = useDesk();
  const [isBusy, setBusy] = useState(false);
  const running = useRef(false);
  const run = async (act: () => Promise<Ack<ConversationRow> | null>, done?: string): Promise<boolean> => {
    // A key that is held down does it once.
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    const ack = await act();
    running.current = false;
    setBusy(false);
    if (ack?.ok && done !== undefined) sayDone(done);
    else if (ack?.ok === false && ack.error.code === 'already_claimed')
      sayFailed(new Error(words.claimLost(ack.error.details?.[0] ?? words.somebodyElse)));
    else if (!ack?.ok) sayFailed(new Error(ack?.error.message ?? words.noAnswer));
    return ack?.ok ?? false;
  };
  return {
    isBusy,
    claim: () => run(() => desk.act('conversation:claim', { id })),
    takeOver: () => run(() => desk.act('conversation:takeOver', { id })),
    join: () => run(() => desk.act('conversation:join', { id })),
    transfer: (to, note) => run(() => desk.act('conversation:transfer', { id, to, note }), words.transferred),
    close: (reason, tags) =>
      run(() => desk.act('conversation:close', { id, reason, tags: [...tags] }), words.closed),
  };
}

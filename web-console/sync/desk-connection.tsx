/** The one connection of a signed-in console with the desk, and what follows from it on every screen. */
import { type ReactNode, useEffect, useMemo } from 'react';
import { createBrowserStorage } from '../../web-sync/browser-storage.ts';
import { randomName } from '../../web-sync/random-name.ts';
import { CallWatch } from '../features/calls/call-watch.tsx';
import { DeskNotices } from '../features/conversations/desk-notices.tsx';
import { useInboxUpdates } from '../features/conversations/inbox-updates.ts';
import { useUnsentGuard } from '../features/conversations/unsent-guard.ts';
import { useSession } from '../session.tsx';
import { createDeskClient } from './desk-client.ts';
import { DeskContext, useDeskEvents } from './use-desk.ts';

const CLIENT_ID_BYTES = 16;

/** Keeps the signed-in console connected with the desk. Accounts that may not read conversations have no connection. */
export function DeskConnection({ children }: { readonly children: ReactNode }) {
  const { account, may } = useSession();
  const reads = may('conversations.read');
  const desk = useMemo(
    () =>
      reads
        ? createDeskClient({
            account: account.id,
            storage: createBrowserStorage(() => localStorage),
            newClientId: () => randomName(CLIENT_ID_BYTES),
          })
        : null,
    [account.id, reads],
  );
  useEffect(() => desk?.start(), [desk]);
  return (
    <DeskContext value={desk}>
      {desk !== null && <Following />}
      {children}
      {desk !== null && <CallWatch />}
    </DeskContext>
  );
}

/** What goes on beside whatever screen is shown. */
function Following() {
  const { lose } = useSession();
  useDeskEvents(({ kind }) => {
    if (kind === 'sessionEnded') lose();
  });
  useInboxUpdates();
  useUnsentGuard();
  return <DeskNotices />;
}

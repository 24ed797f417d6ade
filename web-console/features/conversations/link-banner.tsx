/** Says on every screen that the desk cannot be reached, and what becomes of what was written. */
import { Button, Text } from '@mantine/core';
import { useLocation } from 'react-router';
import { copy } from '../../copy.ts';
import { useDesk, useDeskState } from '../../sync/use-desk.ts';
import { useLinkLost } from './use-link-lost.ts';

const words = copy.conversations.link;

export function LinkBanner() {
  const desk = useDesk();
  const lost = useLinkLost();
  const unsent = useDeskState((state) => state.pending).length;
  // Messages are kept and sent later; nothing else is.
  const isInbox = /^\/inbox(\/|$)/.test(useLocation().pathname);
  return (
    <div role="status" className="link-banner" data-shown={lost !== null}>
      {lost !== null && (
        <>
          <Text size="sm">
            {isInbox ? words[lost] : words.elsewhere[lost]}
            {unsent > 0 && <strong> {words.unsent(unsent)}</strong>}
          </Text>
          {lost === 'waiting' && (
            <Button size="compact-sm" variant="white" color="dark" onClick={desk.retryNow}>
              {words.retry}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

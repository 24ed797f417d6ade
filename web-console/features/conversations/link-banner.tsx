/** Says when the desk cannot be reached, and what becomes of what was written. */
import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { copy } from '../../copy.ts';
import { useDesk, useDeskState } from '../../sync/use-desk.ts';

const words = copy.conversations.link;
/** A break this short is not worth a word. */
const SILENT_MS = 1_500;

export function LinkBanner() {
  const desk = useDesk();
  const link = useDeskState((state) => state.link);
  const unsent = useDeskState((state) => state.pending).length;
  const isBroken = link !== 'online';
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isBroken) return;
    const timer = setTimeout(() => setLong(true), SILENT_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isBroken]);
  return (
    <div role="status" className="link-banner" data-shown={isBroken && isLong}>
      {isBroken && isLong && (
        <Group gap="sm" justify="center">
          <Text size="sm">{words[link]}</Text>
          {unsent > 0 && (
            <Text size="sm" fw={600}>
              {words.unsent(unsent)}
            </Text>
          )}
          {link === 'waiting' && (
            <Button size="compact-sm" variant="white" color="dark" onClick={desk.retryNow}>
              {words.retry}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

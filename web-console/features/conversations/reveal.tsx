/** Masked numbers, shown for half a minute to whoever may see them; the desk logs each time. */
import { Button, Group, Text } from '@mantine/core';
import IconEye from '@tabler/icons-react/icons/IconEye';
import { useEffect, useState } from 'react';
import type { Ack } from '../../../src/contracts/chat.ts';
import type { Revealed } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { sayFailed } from '../../shell/notices.ts';
import { sealedName } from './names.ts';

const words = copy.conversations;
const SHOWN_FOR_MS = 30_000;

interface RevealProps {
  /** What is masked. */
  readonly kinds: readonly string[];
  readonly ask: () => Promise<Ack<Revealed> | null>;
}

export function Reveal({ kinds, ask }: RevealProps) {
  const [values, setValues] = useState<Revealed['values'] | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    if (values === null) return;
    const timer = setTimeout(() => setValues(null), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [values]);
  const reveal = async (): Promise<void> => {
    setBusy(true);
    const ack = await ask();
    setBusy(false);
    if (ack?.ok) setValues(ack.data.values);
    else sayFailed(new Error(ack?.error.message ?? words.noAnswer));
  };
  const names = [...new Set(kinds.map(sealedName))].join(', ');
  return (
    <div className="reveal" aria-live="polite">
      {values === null ? (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconEye size={14} aria-hidden />}
          loading={isBusy}
          onClick={() => void reveal()}
        >
          {`${words.reveal} ${names}`}
        </Button>
      ) : (
        <>
          {values.map(({ type, value }) => (
            <Group key={`${type} ${value}`} gap={6}>
              <Text size="xs">{sealedName(type)}:</Text>
              <Text size="sm" fw={650} ff="monospace">
                {value}
              </Text>
            </Group>
          ))}
          <Text size="xs">{words.revealed}</Text>
        </>
      )}
    </div>
  );
}

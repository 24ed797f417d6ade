import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { copy } from '../../copy.ts';
import { words } from './copy.ts';

interface IgnoreModalProps {
  readonly close: () => void;
  readonly ignore: (reason: string) => Promise<unknown>;
}

export function IgnoreModal({ close, ignore }: IgnoreModalProps) {
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = async (why: string): Promise<void> => {
    setBusy(true);
    // What went wrong is said by whoever sends it; the dialog stays open.
    await ignore(why).then(close, () => setBusy(false));
  };
  return (
    <Modal
      opened
      onClose={close}
      title={words.ignoreTitle}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {words.ignoreHint}
        </Text>
        <Group gap="xs">
          {words.ignoreReasons.map((one) => (
            <Button key={one} size="xs" variant="default" disabled={isBusy} onClick={() => void send(one)}>
              {one}
            </Button>
          ))}
        </Group>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== '') void send(reason.trim());
          }}
        >
          <Stack>
            <TextInput
              label={words.ignoreReason}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={300}
              data-autofocus
            />
            <Group justify="flex-end">
              <Button type="submit" loading={isBusy} disabled={reason.trim() === ''}>
                {words.ignore}
              </Button>
            </Group>
          </Stack>
        </form>
      </Stack>
    </Modal>
  );
}

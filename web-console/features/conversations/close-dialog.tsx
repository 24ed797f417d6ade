import { Button, Chip, Group, Input, Modal, NativeSelect, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { copy } from '../../copy.ts';
import type { DialogProps } from './dialog-props.ts';
import { useDeskSettings } from './inbox-queries.ts';

const words = copy.conversations;

/** Ends the conversation, and says how it went. */
export function CloseDialog({ row, isOpen, close, actions }: DialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={words.closeTitle}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <CloseForm row={row} close={close} actions={actions} />
    </Modal>
  );
}

function CloseForm({ row, close, actions }: Omit<DialogProps, 'isOpen'>) {
  const settings = useDeskSettings();
  const reasons = settings?.closeReasons ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [tags, setTags] = useState<string[]>([...row.tags]);
  const reason = chosen ?? reasons[0] ?? '';
  const offered = [...new Set([...(settings?.tags ?? []), ...row.tags])];

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await actions.close(reason, tags)) close();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <NativeSelect
          label={words.closeReason}
          value={reason}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[...reasons]}
          data-autofocus
        />
        {offered.length > 0 && (
          <Input.Wrapper label={words.closeTags} labelElement="div">
            <Chip.Group multiple value={tags} onChange={setTags}>
              <Group gap={6} mt={4} role="group" aria-label={words.closeTags}>
                {offered.map((tag) => (
                  <Chip key={tag} value={tag} size="sm">
                    {tag}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Input.Wrapper>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {copy.actions.cancel}
          </Button>
          <Button type="submit" loading={actions.isBusy} disabled={reason === ''}>
            {words.act.close}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

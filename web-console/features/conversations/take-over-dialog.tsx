import { Button, Group, Modal, Text } from '@mantine/core';
import { copy } from '../../copy.ts';
import type { DialogProps } from './dialog-props.ts';

const words = copy.conversations;

/** Takes the conversation from whoever has it. */
export function TakeOverDialog({ row, isOpen, close, actions }: DialogProps) {
  const takeOver = async (): Promise<void> => {
    if (await actions.takeOver()) close();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={words.takeOverTitle}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <Text size="sm">{words.takeOverText(row.agent?.name ?? words.somebodyElse)}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          {copy.actions.cancel}
        </Button>
        <Button onClick={() => void takeOver()} loading={actions.isBusy} data-autofocus>
          {words.act.takeOver}
        </Button>
      </Group>
    </Modal>
  );
}

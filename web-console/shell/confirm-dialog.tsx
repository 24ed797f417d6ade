import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { copy } from '../copy.ts';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button that goes on says. */
  readonly act: string;
}
export interface ConfirmDialogProps extends Question {
  readonly answer: (goesOn: boolean) => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, text, act, answer } = props;
  return (
    <Modal
      opened
      onClose={() => answer(false)}
      title={title}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
      zIndex={400}
    >
      <Stack gap="lg">
        <Text size="sm" className="console-lines">
          {text}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => answer(false)} data-autofocus>
            {copy.actions.cancel}
          </Button>
          <Button color="red" onClick={() => answer(true)}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

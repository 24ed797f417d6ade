/** Short words in the corner: it is done, or it is not. */
import { notifications } from '@mantine/notifications';
import { copy } from '../copy.ts';

export function sayDone(message: string): void {
  notifications.show({ message, color: 'teal', closeButtonProps: { 'aria-label': copy.actions.close } });
}

export function sayFailed(error: unknown): void {
  notifications.show({
    message: error instanceof Error ? error.message : copy.failures.unreadable,
    color: 'red',
    closeButtonProps: { 'aria-label': copy.actions.close },
  });
}

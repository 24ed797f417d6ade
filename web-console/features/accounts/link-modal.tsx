import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { OneTimeLink } from '../../../src/contracts/staff.ts';
import { copy } from '../../copy.ts';
import { CopyField } from '../../shell/copy-field.tsx';
import { sayDateTime } from '../../shell/dates.ts';

const words = copy.accounts;

/** A one-time link, shown this once. */
export function LinkModal(props: { readonly link: OneTimeLink | null; readonly close: () => void }) {
  const { link, close } = props;
  return (
    <Modal
      opened={link !== null}
      onClose={close}
      title={words.link}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      {link !== null && (
        <Stack gap="md">
          <Text size="sm">{words.linkOf(link.account.name)}</Text>
          <CopyField label={words.link} text={link.link} />
          <Text size="sm" c="dimmed">
            {words.expires(sayDateTime(link.expiresAt))}
          </Text>
          <Alert color={link.mailed ? 'teal' : 'yellow'}>
            {link.mailed ? words.mailed(link.account.email) : words.notMailed}
          </Alert>
          <Group justify="flex-end">
            <Button onClick={close}>{copy.actions.close}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

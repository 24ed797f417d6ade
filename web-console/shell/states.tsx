/** What a list shows instead of rows. */
import { Alert, Button, Center, Stack, Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import type { ReactNode } from 'react';
import { copy } from '../copy.ts';

/** It could not be read; the person may try again. */
export function LoadFailed({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={copy.states.failed} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{error.message}</Text>
        <Button variant="default" onClick={retry}>
          {copy.actions.retry}
        </Button>
      </Stack>
    </Alert>
  );
}

/** There is nothing, and what may be done about it. */
export function Empty({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <Center py="xl">
      <Stack align="center" gap="sm">
        <Text c="dimmed" ta="center">
          {text}
        </Text>
        {children}
      </Stack>
    </Center>
  );
}

/** What the desk said against the form, where no field is to blame. */
export function FormFault({ text }: { readonly text: string | null }) {
  return text === null ? null : (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
      {text}
    </Alert>
  );
}

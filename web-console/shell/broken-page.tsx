import { Button, Code, MantineProvider, Stack, Text, Title } from '@mantine/core';
import { copy } from '../copy.ts';
import { colorSchemes, resolveColors, theme } from '../theme.ts';

/** A screen broke, or its file is gone because the desk has a newer console by now. */
export function BrokenPage({ error }: { readonly error: unknown }) {
  const isOutdated =
    error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
  const { title, text, reload } = isOutdated ? copy.outdated : copy.broken;
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      cssVariablesResolver={resolveColors}
    >
      <Stack align="center" justify="center" mih="80dvh" p="lg" gap="md" component="main">
        <Title order={1} size="h2">
          {title}
        </Title>
        <Text c="dimmed" ta="center" maw={460}>
          {text}
        </Text>
        {!isOutdated && error instanceof Error && <Code>{error.message}</Code>}
        <Button onClick={() => window.location.reload()}>{reload}</Button>
      </Stack>
    </MantineProvider>
  );
}

import { Box, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from './page-title.ts';

export interface PageProps {
  readonly title: string;
  /** What the screen is for, where the title does not say it. */
  readonly lead?: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  /** Left out: as wide as a table wants to be. */
  readonly width?: number;
  readonly children: ReactNode;
}

/** A screen that is read from top to bottom. */
export function Page({ title, lead, actions, width = 1180, children }: PageProps) {
  usePageTitle(title);
  return (
    <Box p={{ base: 'md', sm: 'lg' }} maw={width}>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={4} flex="1 1 260px">
            <Title order={1} size="h2">
              {title}
            </Title>
            {lead !== undefined && <Text c="dimmed">{lead}</Text>}
          </Stack>
          {actions !== undefined && <Group gap="sm">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Box>
  );
}

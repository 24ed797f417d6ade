import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { copy } from '../../copy.ts';
import { usePageTitle } from '../../shell/page-title.ts';

/** What is shown to somebody who is not at work yet: one card, nothing around it. */
export function AuthCard(props: {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}) {
  usePageTitle(props.title);
  return (
    <Center mih="100dvh" p="md" component="main" className="console-auth">
      <Box w="100%" maw={420}>
        <Group gap="sm" justify="center" mb="lg">
          <img src="/icon.svg" alt="" width={40} height={40} />
          <Text fw={650} size="lg">
            {copy.product}
          </Text>
        </Group>
        <Paper withBorder shadow="sm" p={{ base: 'lg', xs: 'xl' }} radius="lg">
          <Stack gap="lg">
            <Stack gap={4}>
              <Title order={1} size="h3">
                {props.title}
              </Title>
              <Text c="dimmed">{props.lead}</Text>
            </Stack>
            {props.children}
          </Stack>
        </Paper>
      </Box>
    </Center>
  );
}

import { Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A part of the screen with a heading, and what may be done with it beside that. */
export function Panel(props: {
  readonly title: string;
  readonly hint?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <Paper
      withBorder
      p={{ base: 'md', sm: 'lg' }}
      component="section"
      aria-labelledby={id}
      className="analytics-panel"
    >
      <Group justify="space-between" align="flex-start" gap="sm" mb="md" wrap="nowrap">
        <div>
          <Title order={2} size="h4" id={id}>
            {props.title}
          </Title>
          {props.hint !== undefined && (
            <Text size="sm" c="dimmed">
              {props.hint}
            </Text>
          )}
        </div>
        {props.actions}
      </Group>
      {props.children}
    </Paper>
  );
}

/** Addresses that lead nowhere, or not this person. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { copy } from '../copy.ts';
import { useHome } from './navigation.ts';
import { usePageTitle } from './page-title.ts';

export function NotFoundPage() {
  return <DeadEnd {...copy.notFound} />;
}

export function ForbiddenPage() {
  return <DeadEnd {...copy.forbidden} />;
}

function DeadEnd({
  title,
  text,
  back,
}: {
  readonly title: string;
  readonly text: string;
  readonly back: string;
}) {
  usePageTitle(title);
  const home = useHome();
  return (
    <Stack align="center" justify="center" mih="60dvh" p="lg" gap="md">
      <Title order={1} size="h2" ta="center">
        {title}
      </Title>
      <Text c="dimmed" ta="center" maw={420}>
        {text}
      </Text>
      <Button component={Link} to={home}>
        {back}
      </Button>
    </Stack>
  );
}

import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { MissSample } from '../../../src/contracts/unanswered.ts';
import { useSession } from '../../session.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { words } from './copy.ts';
import { SignalBadges } from './signal-badges.tsx';

/** Where it was asked, with what was said around it. */
export function Samples({ samples }: { readonly samples: readonly MissSample[] }) {
  return (
    <Stack gap="sm" component="section" aria-labelledby="samples-head">
      <Title order={3} size="h5" id="samples-head">
        {words.samples}
      </Title>
      {samples.map((sample) => (
        <Sample key={`${sample.conversation} ${sample.seq} ${sample.at} ${sample.text}`} sample={sample} />
      ))}
    </Stack>
  );
}

function Sample({ sample }: { readonly sample: MissSample }) {
  const { text, at, kinds, ratedWhy, conversation, seq, excerpt } = sample;
  const mayRead = useSession().may('conversations.read');
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" gap="xs" mb={6}>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            <time dateTime={at}>{sayDateTime(at)}</time>
          </Text>
          <SignalBadges signals={Object.fromEntries(kinds.map((kind) => [kind, 1]))} isOne />
          {ratedWhy !== null && <Text size="xs">{words.ratedWhy(ratedWhy)}</Text>}
        </Group>
        {conversation === null ? (
          <Text size="xs" c="dimmed">
            {words.overApi}
          </Text>
        ) : (
          mayRead && (
            <Anchor component={Link} to={`/inbox/${conversation}`} size="xs">
              {words.openConversation}
            </Anchor>
          )
        )}
      </Group>
      {excerpt.length === 0 ? (
        <Text size="sm">{text}</Text>
      ) : (
        <ul className="unanswered-excerpt">
          {excerpt.map((line) => (
            <li key={line.seq} data-author={line.author} data-here={line.seq === seq || undefined}>
              <span>{words.authors[line.author]}</span>
              <Text size="sm" lineClamp={4} className="console-anywhere console-lines">
                {line.text}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}

import { Anchor, List, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { CallerFound } from '../../../src/contracts/calls.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { callCopy } from './copy.ts';

const words = callCopy.record;
const MOST = 3;

/** What the desk knows of whoever has a number. */
export function KnownCaller({ found }: { readonly found: CallerFound }) {
  const { name, conversations, tickets, calls } = found;
  if (name === null && conversations.length + tickets.length + calls.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {words.unknown}
      </Text>
    );
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {words.known}
        {name === null ? '' : `: ${name}`}
      </Text>
      {conversations.length > 0 && (
        <Known title={words.conversations}>
          {conversations.slice(0, MOST).map(({ id, label, at }) => (
            <List.Item key={id}>
              <Anchor component={Link} to={`/inbox/${id}`} size="sm">
                {`${label} · ${sayDateTime(at)}`}
              </Anchor>
            </List.Item>
          ))}
        </Known>
      )}
      {tickets.length > 0 && (
        <Known title={words.tickets}>
          {tickets.slice(0, MOST).map(({ code }) => (
            <List.Item key={code}>
              <Anchor component={Link} to={`/tickets/${code}`} size="sm">
                {code}
              </Anchor>
            </List.Item>
          ))}
        </Known>
      )}
      {calls.length > 0 && (
        <Known title={words.calls}>
          {calls.slice(0, MOST).map(({ id, ringingAt, agent, note }) => (
            <List.Item key={id}>
              {[sayDateTime(ringingAt), agent?.name, note.slice(0, 60)].filter(Boolean).join(' · ')}
            </List.Item>
          ))}
        </Known>
      )}
    </Stack>
  );
}

function Known({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <List size="sm">{children}</List>
    </div>
  );
}

/** What is done with all the tickets that were chosen. */
import {
  Anchor,
  Button,
  Group,
  Menu,
  Modal,
  Paper,
  Popover,
  Progress,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import type { BulkResult, TicketChangeRequest } from '../../../src/contracts/tickets.ts';
import { api } from '../../api.ts';
import { copy as shell } from '../../copy.ts';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDone } from '../../shell/notices.ts';
import { AssigneeItems } from './assignee-items.tsx';
import { type BulkOutcome, runBulk } from './bulk-run.ts';
import { copy } from './copy.ts';
import { PRIORITIES } from './ticket-address.ts';

const words = copy.bulk;

interface BulkBarProps {
  readonly codes: readonly string[];
  readonly clear: () => void;
}

export function BulkBar({ codes, clear }: BulkBarProps) {
  const queries = useQueryClient();
  const [running, setRunning] = useState<{ readonly seen: number; readonly all: number } | null>(null);
  const [outcome, setOutcome] = useState<BulkOutcome | null>(null);

  async function run(change: TicketChangeRequest, what: string): Promise<void> {
    const count = codes.length;
    const question = { title: words.confirmTitle(count), text: words.confirmText(count, what) };
    if (!(await confirmAct({ ...question, act: words.confirmAct(count) }))) return;
    const result = await runBulk(codes, change, {
      post: (some, one) => api.post<BulkResult>('tickets/bulk', { codes: some, change: one }),
      onProgress: (seen) => setRunning({ seen, all: count }),
    });
    setRunning(null);
    if (result.refused.length === 0 && result.unseen.length === 0) sayDone(words.allDone(result.done.length));
    else setOutcome(result);
    clear();
    await queries.invalidateQueries({ queryKey: ['tickets'] });
  }

  return (
    <>
      {(codes.length > 0 || running !== null) && (
        <Paper
          withBorder
          shadow="md"
          p="xs"
          className="ticket-bulk"
          role="region"
          aria-label={words.label}
          aria-busy={running !== null}
        >
          {running === null ? (
            <BulkActs codes={codes} clear={clear} run={(change, what) => void run(change, what)} />
          ) : (
            <Stack gap={6} role="status">
              <Text size="sm">{words.running(running.seen, running.all)}</Text>
              <Progress value={(running.seen / running.all) * 100} aria-label={words.label} />
            </Stack>
          )}
        </Paper>
      )}
      <Modal
        opened={outcome !== null}
        onClose={() => setOutcome(null)}
        title={words.resultTitle}
        closeButtonProps={{ 'aria-label': shell.actions.close }}
      >
        {outcome !== null && <Outcome outcome={outcome} />}
      </Modal>
    </>
  );
}

interface BulkActsProps extends BulkBarProps {
  readonly run: (change: TicketChangeRequest, what: string) => void;
}

function BulkActs({ codes, clear, run }: BulkActsProps) {
  return (
    <Group gap="xs" className="ticket-bulk-acts">
      <Text fw={600} mx="xs" aria-live="polite">
        {words.selected(codes.length)}
      </Text>
      <Menu shadow="md">
        <Menu.Target>
          <Button variant="default" size="sm">
            {words.assign}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="ticket-menu">
          <AssigneeItems
            pick={(person) =>
              run(
                { kind: 'assign', to: person?.id ?? null },
                person === null ? words.whatUnassign : words.whatAssign(person.name),
              )
            }
          />
        </Menu.Dropdown>
      </Menu>
      <Menu shadow="md">
        <Menu.Target>
          <Button variant="default" size="sm">
            {words.priority}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {PRIORITIES.map((to) => (
            <Menu.Item
              key={to}
              onClick={() => run({ kind: 'priority', to }, words.whatPriority(copy.priorities[to]))}
            >
              {copy.priorities[to]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <TagChoice pick={(tag) => run({ kind: 'tags', add: [tag], remove: [] }, words.whatTag(tag))} />
      <Button variant="default" size="sm" onClick={() => run({ kind: 'resolve' }, words.whatResolve)}>
        {words.resolve}
      </Button>
      <Button variant="default" size="sm" onClick={() => run({ kind: 'close' }, words.whatClose)}>
        {words.close}
      </Button>
      <Button variant="subtle" size="sm" onClick={clear}>
        {words.clear}
      </Button>
    </Group>
  );
}

function TagChoice({ pick }: { readonly pick: (tag: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [tag, setTag] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (tag.trim() === '') return;
    setOpen(false);
    pick(tag.trim());
    setTag('');
  };
  return (
    <Popover shadow="md" trapFocus opened={isOpen} onChange={setOpen}>
      <Popover.Target>
        <Button variant="default" size="sm" onClick={() => setOpen(!isOpen)}>
          {words.tag}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.tag}>
        <form onSubmit={submit}>
          <Group gap="xs" align="flex-end">
            <TextInput
              label={words.tagName}
              value={tag}
              onChange={(event) => setTag(event.currentTarget.value)}
              maxLength={40}
            />
            <Button type="submit">{words.tagAct}</Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What was done, what was not, and why. */
function Outcome({ outcome: { done, refused, unseen, failure } }: { readonly outcome: BulkOutcome }) {
  return (
    <Stack gap="sm">
      <Text>{words.resultDone(done.length)}</Text>
      {refused.length > 0 && <Text fw={600}>{words.resultRefused(refused.length)}</Text>}
      {refused.length > 0 && (
        <ul className="ticket-refused">
          {refused.map(({ code, message }) => (
            <li key={code}>
              <Anchor component={Link} to={`/tickets/${code}`}>
                {code}
              </Anchor>
              <Text size="sm">{message}</Text>
            </li>
          ))}
        </ul>
      )}
      {unseen.length > 0 && (
        <Text c="red" role="alert">
          {words.stopped(unseen.length)} {failure instanceof Error ? failure.message : ''}
        </Text>
      )}
    </Stack>
  );
}

/** One call: what was noted, and what helps while it is on. */
import {
  Badge,
  Button,
  Drawer,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import IconEye from '@tabler/icons-react/icons/IconEye';
import { useMutation } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { CallNoteChange, CallOutcome, CallRow, NumberRevealed } from '../../../src/contracts/calls.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { lazily } from '../../shell/load-later.ts';
import { sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { LoadFailed } from '../../shell/states.tsx';
import { useNow } from '../conversations/use-now.ts';
import type { NewTicketValues } from '../tickets/new-ticket-form.tsx';
import { useCall, useCaller, useCallUpdates, useTypedNumber } from './call-queries.ts';
import { nameOfCaller, STATUS_COLORS, sayClock } from './call-words.ts';
import { callCopy } from './copy.ts';
import { FaqSearch } from './faq-search.tsx';
import { KnownCaller } from './known-caller.tsx';
import { useAutosave } from './use-autosave.ts';

const NewTicketDrawer = lazily(
  () => import('../ticket-screens.ts'),
  (file) => file.NewTicketDrawer,
);

const words = callCopy.sheet;
const OUTCOMES = Object.entries(callCopy.outcomes).map(([value, label]) => ({ value, label }));

export function CallSheet({ id, close }: { readonly id: string; readonly close: () => void }) {
  const { data: call, error, refetch } = useCall(id);
  const title =
    call === undefined
      ? callCopy.panel.title
      : call.kind === 'voice'
        ? words.voiceTitle
        : words.title(callCopy.directions[call.direction]);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="xl"
      title={title}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      {call === undefined ? (
        error === null ? (
          <RowsSkeleton rows={5} />
        ) : (
          <LoadFailed error={error} retry={() => void refetch()} />
        )
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <CallNotes key={call.id} call={call} />
          <FaqSearch />
        </SimpleGrid>
      )}
    </Drawer>
  );
}

function CallNotes({ call }: { readonly call: CallRow }) {
  const { account, may } = useSession();
  const { take } = useCallUpdates();
  const isOwn = call.agent?.id === account.id || may('conversations.oversee');
  const send = async (change: CallNoteChange): Promise<void> => {
    take(await api.patch<CallRow>(`calls/${call.id}`, change));
  };
  const note = useAutosave(call.id, call.note, (text) => send({ note: text }));
  const name = useAutosave(`${call.id}.name`, call.contactName ?? '', (text) => send({ contactName: text }));
  const finish = useMutation({
    mutationFn: () => api.post<CallRow>(`calls/${call.id}/finish`),
    onSuccess: take,
    onError: sayFailed,
  });
  return (
    <Stack gap="md">
      <CallFacts call={call} />
      <CallerFacts call={call.id} />
      {!isOwn && (
        <Text size="sm" c="dimmed">
          {words.others}
        </Text>
      )}
      <TextInput
        label={words.name}
        placeholder={words.namePlaceholder}
        value={name.text}
        maxLength={100}
        disabled={!isOwn}
        onChange={(event) => name.change(event.currentTarget.value)}
      />
      <Select
        label={words.outcome}
        placeholder={words.noOutcome}
        data={OUTCOMES}
        value={call.outcome}
        disabled={!isOwn}
        onChange={(outcome) => void send({ outcome: outcome as CallOutcome | null }).catch(sayFailed)}
        clearable
        clearButtonProps={{ 'aria-label': words.noOutcome }}
      />
      <Textarea
        label={words.note}
        placeholder={words.notePlaceholder}
        autosize
        minRows={5}
        maxRows={14}
        maxLength={4_000}
        value={note.text}
        disabled={!isOwn}
        onChange={(event) => note.change(event.currentTarget.value)}
        description={isOwn && note.text !== '' ? words[note.state] : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <Group gap="sm">
        {call.kind === 'phone' && call.status === 'accepted' && isOwn && (
          <Button color="red.9" loading={finish.isPending} onClick={() => finish.mutate()}>
            {words.finish}
          </Button>
        )}
        <TicketOfCall call={call} isOwn={isOwn} take={take} />
        {call.conversation !== null && (
          <Button variant="default" component={Link} to={`/inbox/${call.conversation}`}>
            {words.conversation}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** The matter that the call could not settle. */
function TicketOfCall(props: {
  readonly call: CallRow;
  readonly isOwn: boolean;
  readonly take: (call: CallRow) => void;
}) {
  const { call, isOwn, take } = props;
  const [initial, setInitial] = useState<Partial<NewTicketValues> | null>(null);
  const open = useMutation({
    // Whoever fills in the form needs the number; showing it is logged.
    mutationFn: async () =>
      call.number === null ? '' : (await api.post<NumberRevealed>(`calls/${call.id}/reveal`)).number,
    onSuccess: (phone) =>
      setInitial({ kind: 'question', phone, name: call.contactName ?? '', content: call.note }),
    onError: sayFailed,
  });
  const link = useMutation({
    mutationFn: (ticket: string) =>
      api.patch<CallRow>(`calls/${call.id}`, { ticket, outcome: 'ticket' } satisfies CallNoteChange),
    onSuccess: take,
    onError: sayFailed,
  });
  if (call.ticket !== null)
    return (
      <Button variant="default" component={Link} to={`/tickets/${call.ticket}`}>
        {words.ticket(call.ticket)}
      </Button>
    );
  if (!isOwn) return null;
  return (
    <>
      <Button variant="default" loading={open.isPending || link.isPending} onClick={() => open.mutate()}>
        {words.makeTicket}
      </Button>
      {initial !== null && (
        <Suspense fallback={null}>
          <NewTicketDrawer
            isOpen
            close={() => setInitial(null)}
            initial={initial}
            source="phone"
            conversation={call.conversation}
            created={({ code }) => link.mutate(code)}
          />
        </Suspense>
      )}
    </>
  );
}

function CallFacts({ call }: { readonly call: CallRow }) {
  const { status, ringingAt, acceptedAt, durationMs, agent, quality } = call;
  const now = useNow();
  const running = acceptedAt === null ? null : now - Date.parse(acceptedAt);
  const time = durationMs ?? (status === 'accepted' ? running : null);
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="lg" fw={650} truncate>
          {nameOfCaller(call)}
        </Text>
        <Badge variant="light" color={STATUS_COLORS[status]} tt="none">
          {callCopy.statuses[status]}
        </Badge>
      </Group>
      <CallNumber call={call} />
      <Text size="sm" c="dimmed">
        {[
          sayDateTime(ringingAt),
          ...(time === null ? [] : [sayClock(time)]),
          ...(agent ? [agent.name] : []),
        ].join(' · ')}
      </Text>
      {quality !== null && (
        <Text size="sm">
          {`${callCopy.levels[quality.level]} (${words.qualityFacts(quality.packetsLost, quality.jitterMs, quality.roundTripMs)})`}
        </Text>
      )}
    </Stack>
  );
}

/** What is known of whoever has the number, while their call is being noted. */
function CallerFacts({ call }: { readonly call: string }) {
  const { data } = useCaller(useTypedNumber(call) ?? '');
  if (data === undefined) return null;
  const { calls } = data;
  // This call is not one of those before.
  return <KnownCaller found={{ ...data, calls: calls.filter(({ id }) => id !== call) }} />;
}

function CallNumber({ call: { id, number } }: { readonly call: CallRow }) {
  const [shown, setShown] = useState<string | null>(null);
  const reveal = useMutation({
    mutationFn: () => api.post<NumberRevealed>(`calls/${id}/reveal`),
    onSuccess: (revealed) => setShown(revealed.number),
    onError: sayFailed,
  });
  if (number === null)
    return (
      <Text size="sm" c="dimmed">
        {words.noNumber}
      </Text>
    );
  return (
    <Group gap="sm" aria-live="polite">
      <Text ff="monospace" fw={600}>
        {shown ?? number}
      </Text>
      {shown === null && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconEye size={14} aria-hidden />}
          loading={reveal.isPending}
          title={words.revealHint}
          onClick={() => reveal.mutate()}
        >
          {words.reveal}
        </Button>
      )}
    </Group>
  );
}

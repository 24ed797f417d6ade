/** What rings, and the call that is on: in a corner of every screen. */
import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import IconMicrophoneOff from '@tabler/icons-react/icons/IconMicrophoneOff';
import IconPhone from '@tabler/icons-react/icons/IconPhone';
import IconPhoneOff from '@tabler/icons-react/icons/IconPhoneOff';
import IconPlayerPause from '@tabler/icons-react/icons/IconPlayerPause';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link, useNavigate } from 'react-router';
import type { CallRow } from '../../../src/contracts/calls.ts';
import { openMicrophone } from '../../../web-sync/microphone.ts';
import { randomName } from '../../../web-sync/random-name.ts';
import { sayFailed } from '../../shell/notices.ts';
import { useDesk } from '../../sync/use-desk.ts';
import { playChime } from '../conversations/chime.ts';
import { useNow } from '../conversations/use-now.ts';
import { type AgentCall, createAgentCall } from './agent-call.ts';
import { nameOfCaller, sayClock } from './call-words.ts';
import { callCopy } from './copy.ts';

const words = callCopy.panel;
const PAGE_BYTES = 16;
const RING_EVERY_MS = 2_500;
const LEVEL_COLORS = { good: 'teal', fair: 'yellow', poor: 'red' } as const;

interface CallPanelProps {
  /** Oldest last. */
  readonly ringing: readonly CallRow[];
  readonly dismiss: (id: string) => void;
  readonly onTalking: (isTalking: boolean) => void;
}

export function CallPanel({ ringing, dismiss, onTalking }: CallPanelProps) {
  const desk = useDesk();
  const [call, setCall] = useState<AgentCall | null>(null);

  const accept = async (id: string): Promise<void> => {
    const opened = await openMicrophone();
    if ('failure' in opened) return sayFailed(new Error(words.microphone[opened.failure]));
    const page = randomName(PAGE_BYTES);
    // It stops ringing before the answer is here: the panel stays meanwhile.
    onTalking(true);
    const ack = await desk.ask('call:accept', { call: id, page });
    if (ack?.ok) {
      setCall(createAgentCall(desk, { taken: ack.data, page, microphone: opened.stream }));
      return;
    }
    for (const track of opened.stream.getTracks()) track.stop();
    onTalking(false);
    const [winner] = ack?.error.details ?? [];
    const said = ack === null ? callCopy.noAnswer : ack.error.message;
    sayFailed(new Error(winner === undefined ? said : words.taken(winner)));
    if (ack !== null) dismiss(id);
  };
  const decline = (id: string): void => {
    dismiss(id);
    void desk.ask('call:decline', { call: id });
  };
  const close = (): void => {
    setCall(null);
    onTalking(false);
  };
  return (
    <section className="call-panel" aria-label={words.title}>
      {call === null ? (
        ringing.map((row) => (
          <Ringing key={row.id} row={row} accept={() => accept(row.id)} decline={() => decline(row.id)} />
        ))
      ) : (
        <Talking call={call} close={close} />
      )}
    </section>
  );
}

interface RingingProps {
  readonly row: CallRow;
  readonly accept: () => Promise<void>;
  readonly decline: () => void;
}

function Ringing({ row, accept, decline }: RingingProps) {
  const now = useNow();
  const [isBusy, setBusy] = useState(false);
  const name = nameOfCaller(row);
  useRinging(row.id, name);
  const take = async (): Promise<void> => {
    setBusy(true);
    await accept();
    setBusy(false);
  };
  return (
    <Paper withBorder shadow="lg" p="md" className="call-card" data-ringing>
      <Stack gap="sm">
        <div role="alert">
          <Text fw={650}>{words.incoming}</Text>
          <Text size="lg" truncate>
            {name}
          </Text>
        </div>
        <Text size="sm" c="dimmed">
          {words.waits(Math.max(0, Math.floor((now - Date.parse(row.ringingAt)) / 1_000)))}
        </Text>
        <Group grow gap="sm">
          <Button
            leftSection={<IconPhone size={18} aria-hidden />}
            loading={isBusy}
            onClick={() => void take()}
          >
            {words.accept}
          </Button>
          <Button variant="default" onClick={decline}>
            {words.decline}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

/** Sounds while it rings, and calls whoever looks at another window. */
function useRinging(id: string, name: string): void {
  useEffect(() => {
    playChime();
    const ringing = setInterval(playChime, RING_EVERY_MS);
    const isAway = document.hidden && typeof Notification !== 'undefined';
    const notice =
      isAway && Notification.permission === 'granted'
        ? new Notification(words.incoming, { body: name, tag: id, requireInteraction: true })
        : null;
    if (notice !== null)
      notice.onclick = () => {
        window.focus();
        notice.close();
      };
    return () => {
      clearInterval(ringing);
      notice?.close();
    };
  }, [id, name]);
}

function Talking({ call: agentCall, close }: { readonly call: AgentCall; readonly close: () => void }) {
  const { call, voice, connectedAt, isOver } = useSyncExternalStore(
    agentCall.store.subscribe,
    agentCall.store.get,
  );
  const now = useNow();
  const navigate = useNavigate();
  const { muted = false, held = false, otherHeld = false, link = 'connecting', level = null } = voice ?? {};
  const status = isOver
    ? call.status === 'failed'
      ? words.lost
      : words.over
    : link !== 'connected'
      ? words[link]
      : held
        ? words.holding
        : otherHeld
          ? words.held
          : words.talking;
  const time = isOver ? (call.durationMs ?? 0) : connectedAt === null ? 0 : now - connectedAt;
  return (
    <Paper withBorder shadow="lg" p="md" className="call-card">
      <Stack gap="sm">
        <div>
          <Group justify="space-between" wrap="nowrap">
            <Text size="lg" fw={650} truncate>
              {nameOfCaller(call)}
            </Text>
            <Text className="call-clock">{sayClock(time)}</Text>
          </Group>
          <Group gap="xs">
            <Text size="sm" role="status">
              {status}
            </Text>
            {!isOver && level !== null && (
              <Badge variant="light" color={LEVEL_COLORS[level]} tt="none">
                {callCopy.levels[level]}
              </Badge>
            )}
          </Group>
        </div>
        {isOver ? (
          <Group grow gap="sm">
            <Button
              onClick={() => {
                close();
                navigate(`/hotline/${call.id}`);
              }}
            >
              {words.note}
            </Button>
            <Button variant="default" onClick={close}>
              {words.close}
            </Button>
          </Group>
        ) : (
          <>
            <Group grow gap="xs">
              <Button
                variant={muted ? 'filled' : 'default'}
                aria-pressed={muted}
                leftSection={<IconMicrophoneOff size={16} aria-hidden />}
                onClick={() => agentCall.setMuted(!muted)}
              >
                {muted ? words.unmute : words.mute}
              </Button>
              <Button
                variant={held ? 'filled' : 'default'}
                aria-pressed={held}
                leftSection={<IconPlayerPause size={16} aria-hidden />}
                onClick={() => agentCall.setHeld(!held)}
              >
                {held ? words.unhold : words.hold}
              </Button>
            </Group>
            <Group grow gap="xs">
              {call.conversation !== null && (
                <Button variant="default" component={Link} to={`/inbox/${call.conversation}`}>
                  {words.conversation}
                </Button>
              )}
              <Button
                color="red.9"
                leftSection={<IconPhoneOff size={16} aria-hidden />}
                onClick={agentCall.hangUp}
              >
                {words.hangUp}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  );
}

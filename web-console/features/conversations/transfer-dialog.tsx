import {
  Button,
  Group,
  Modal,
  NativeSelect,
  Radio,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AgentOnDuty, TransferCommand } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { useDeskState } from '../../sync/use-desk.ts';
import type { DialogProps } from './dialog-props.ts';
import { useDeskSettings } from './inbox-queries.ts';
import { PRESENCE_COLORS } from './presence-switch.tsx';

const words = copy.conversations;
const KINDS = ['agent', 'queue', 'bot'] as const;
type Kind = (typeof KINDS)[number];

/** Hands the conversation to a colleague, back to the queue, or back to the bot. */
export function TransferDialog({ row, isOpen, close, actions }: DialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={words.transferTitle}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <TransferForm row={row} close={close} actions={actions} />
    </Modal>
  );
}

function TransferForm({ row, close, actions }: Omit<DialogProps, 'isOpen'>) {
  const { account } = useSession();
  const agents = useDeskState((state) => state.agents);
  const skills = useDeskSettings()?.skills ?? [];
  const colleagues = agents
    .filter(({ id, state }) => id !== account.id && id !== row.agent?.id && state !== 'offline')
    .sort(byAvailability);
  const [kind, setKind] = useState<Kind>('agent');
  const [agent, setAgent] = useState<string | null>(null);
  const [skill, setSkill] = useState(row.skill ?? '');
  const [note, setNote] = useState('');
  const to = targetOf(kind, agent, skill);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (to !== null && (await actions.transfer(to, note.trim()))) close();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <SegmentedControl
          aria-label={words.transferKind}
          fullWidth
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          data={KINDS.map((value) => ({ value, label: words.transferTo[value] }))}
        />
        {kind === 'agent' && <AgentChoice agents={colleagues} value={agent} onChange={setAgent} />}
        {kind === 'queue' && (
          <NativeSelect
            label={words.filter.skill}
            description={words.transferQueue}
            value={skill}
            onChange={(event) => setSkill(event.currentTarget.value)}
            data={[{ value: '', label: words.anySkill }, ...skills.map((value) => ({ value, label: value }))]}
          />
        )}
        {kind === 'bot' && <Text size="sm">{words.transferBot}</Text>}
        <Textarea
          label={words.transferNote}
          description={words.transferNoteHint}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {copy.actions.cancel}
          </Button>
          <Button type="submit" loading={actions.isBusy} disabled={to === null}>
            {words.act.transfer}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface AgentChoiceProps {
  readonly agents: readonly AgentOnDuty[];
  readonly value: string | null;
  readonly onChange: (agent: string) => void;
}

function AgentChoice({ agents, value, onChange }: AgentChoiceProps) {
  if (agents.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {words.nobodyOnDuty}
      </Text>
    );
  return (
    <Radio.Group value={value} onChange={onChange} aria-label={words.transferTo.agent}>
      <Stack gap={6} mah={260} style={{ overflowY: 'auto' }}>
        {agents.map(({ id, name, state, load, capacity, skills }, place) => (
          <Radio.Card
            key={id}
            data-autofocus={place === 0 || undefined}
            value={id}
            px="sm"
            py={8}
            aria-label={name}
          >
            <Group gap="sm" wrap="nowrap">
              <Radio.Indicator />
              <span
                className="presence-dot"
                style={{ background: `var(--mantine-color-${PRESENCE_COLORS[state].replace('.', '-')})` }}
              />
              <div style={{ minWidth: 0, flex: 1 }}>
                <Text size="sm" fw={550} truncate>
                  {name}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {[words.presence[state], words.load(load, capacity), ...skills].join(' · ')}
                </Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}

function targetOf(kind: Kind, agent: string | null, skill: string): TransferCommand['to'] | null {
  if (kind === 'bot') return { kind };
  if (kind === 'queue') return { kind, skill: skill === '' ? null : skill };
  return agent === null ? null : { kind, agent };
}

/** Whoever is there and has room comes first. */
function byAvailability(a: AgentOnDuty, b: AgentOnDuty): number {
  const away = Number(a.state !== 'online') - Number(b.state !== 'online');
  return away || b.capacity - b.load - (a.capacity - a.load) || a.name.localeCompare(b.name, 'vi');
}

import {
  Alert,
  Badge,
  Button,
  Center,
  FileButton,
  Group,
  List,
  Loader,
  Modal,
  Paper,
  Progress,
  ScrollArea,
  Stack,
  Table,
  Text,
} from '@mantine/core';
import { useState } from 'react';
import type { PhraseTablePlan } from '../../../src/contracts/curation.ts';
import { copy } from '../../copy.ts';
import { FormFault } from '../../shell/states.tsx';
import { words } from './copy.ts';
import { useCurationReload } from './curation-queries.ts';
import { type TableImport, usePhraseTableImport } from './phrase-table-import.ts';
import { tableWords as says } from './table-copy.ts';

const ACCEPTED = '.csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** More is not looked through one by one. */
const MOST_SHOWN = 100;
const HIGHEST = 260;

/** A table of phrases is chosen, read without changing anything, looked at, and then applied. */
export function PhraseTableModal({ draft, close }: { readonly draft: string; readonly close: () => void }) {
  const reload = useCurationReload();
  const { state, read, run, stop, restart } = usePhraseTableImport(draft, () => void reload());
  const isRunning = state.step === 'running';
  return (
    <Modal
      opened
      onClose={() => !isRunning && close()}
      title={says.title}
      size="xl"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close, disabled: isRunning }}
    >
      <Stack gap="md">
        {state.step === 'choosing' && <FileChoice read={(file) => void read(file)} fault={state.fault} />}
        {state.step === 'reading' && (
          <Center py="xl" role="status">
            <Group gap="sm">
              <Loader size="sm" />
              <Text>{says.reading}</Text>
            </Group>
          </Center>
        )}
        {state.step === 'looking' && (
          <>
            <div aria-live="polite">
              <Plan name={state.name} plan={state.plan} />
            </div>
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={restart}>
                {says.chooseOther}
              </Button>
              {state.plan.add.length > 0 && (
                <Button onClick={() => void run()}>{says.run(state.plan.add.length)}</Button>
              )}
            </Group>
          </>
        )}
        {'at' in state && <Applying {...{ state, run, stop, restart, close }} />}
      </Stack>
    </Modal>
  );
}

function FileChoice({ read, fault }: { readonly read: (file: File) => void; readonly fault: string | null }) {
  const [isOver, setOver] = useState(false);
  return (
    <>
      <Text size="sm">{says.lead}</Text>
      <Paper
        withBorder
        p="xl"
        className="office-drop"
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const [file] = event.dataTransfer.files;
          if (file !== undefined) read(file);
        }}
      >
        <Stack align="center" gap="xs">
          <FileButton accept={ACCEPTED} onChange={(file) => file && read(file)}>
            {(button) => (
              <Button {...button} data-autofocus>
                {says.choose}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed">
            {says.drop}
          </Text>
        </Stack>
      </Paper>
      <FormFault text={fault} />
    </>
  );
}

function Plan({ name, plan }: { readonly name: string; readonly plan: PhraseTablePlan }) {
  const { rows, add, known, problems } = plan;
  return (
    <Stack gap="md">
      <Text size="sm">{says.readOf(name)}</Text>
      <Group gap="xs">
        <Badge color="gray" variant="light" size="lg">
          {says.rows(rows)}
        </Badge>
        <Badge color="teal" variant="light" size="lg">
          {says.toAdd(add.length)}
        </Badge>
        <Badge color="gray" variant="light" size="lg">
          {says.known(known)}
        </Badge>
        {problems.length > 0 && (
          <Badge color="red" variant="light" size="lg">
            {says.faulty(problems.length)}
          </Badge>
        )}
      </Group>
      {problems.length > 0 && (
        <Alert color="red" title={says.faultsTitle}>
          <List size="sm" spacing="xs">
            {problems.slice(0, MOST_SHOWN).map(({ row, message, remedy }) => (
              <List.Item key={`${row} ${message}`} className="console-anywhere">
                <strong>{says.row(row)}</strong>
                <br />
                {message} {remedy}
              </List.Item>
            ))}
          </List>
          {problems.length > MOST_SHOWN && <Text size="sm">{says.more(problems.length - MOST_SHOWN)}</Text>}
        </Alert>
      )}
      {add.length === 0 && <Text>{says.nothing}</Text>}
      {add.length > 0 && (
        <ScrollArea.Autosize mah={HIGHEST} type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{says.intent}</Table.Th>
                <Table.Th>{says.phrase}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {add.slice(0, MOST_SHOWN).map(({ intent, phrase }) => (
                <Table.Tr key={`${intent} ${phrase}`}>
                  <Table.Td className="console-anywhere">
                    {intent === 'none' ? words.outOfScope : intent}
                  </Table.Td>
                  <Table.Td>{phrase}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {add.length > MOST_SHOWN && (
            <Text size="sm" p="xs">
              {says.more(add.length - MOST_SHOWN)}
            </Text>
          )}
        </ScrollArea.Autosize>
      )}
    </Stack>
  );
}

function Applying(props: {
  readonly state: Extract<TableImport, { at: number }>;
  readonly run: () => Promise<void>;
  readonly stop: () => void;
  readonly restart: () => void;
  readonly close: () => void;
}) {
  const { state, run, stop, restart, close } = props;
  const { step, at, plan, fault } = state;
  const all = plan.add.length;
  return (
    <>
      <Progress.Root size="xl">
        <Progress.Section
          value={all === 0 ? 100 : (at / all) * 100}
          {...(step === 'stopped' ? { color: 'yellow' } : {})}
          aria-label={says.progress}
        />
      </Progress.Root>
      <Stack gap="xs" role="status">
        {step === 'running' && <Text>{says.running(at, all)}</Text>}
        {step === 'stopped' && <Text>{fault === null ? says.stopped(at, all) : says.brokenOff}</Text>}
        {step === 'done' && <Text fw={600}>{says.done(all)}</Text>}
      </Stack>
      <FormFault text={fault} />
      <Group justify="flex-end" gap="sm">
        {step === 'running' && (
          <Button variant="default" onClick={stop}>
            {says.stop}
          </Button>
        )}
        {step === 'stopped' && (
          <>
            <Button variant="default" onClick={restart}>
              {says.chooseOther}
            </Button>
            <Button onClick={() => void run()}>{says.resume}</Button>
          </>
        )}
        {step === 'done' && <Button onClick={close}>{copy.actions.close}</Button>}
      </Group>
    </>
  );
}

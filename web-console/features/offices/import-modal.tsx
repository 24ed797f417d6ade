import {
  Anchor,
  Button,
  Center,
  FileButton,
  Group,
  Loader,
  Modal,
  Paper,
  Progress,
  Stack,
  Text,
} from '@mantine/core';
import { useState } from 'react';
import { addressOf } from '../../api.ts';
import { copy } from '../../copy.ts';
import { FormFault } from '../../shell/states.tsx';
import { words } from './copy.ts';
import { ImportPlanView } from './import-plan-view.tsx';
import { type ImportState, useOfficeImport } from './office-import.ts';

const ACCEPTED = '.csv,.txt,text/csv,text/plain';

/** A table is chosen, read without changing anything, looked at, and then applied. */
export function ImportModal(props: {
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly reload: () => void;
}) {
  const { isOpen, close, reload } = props;
  const { state, read, run, stop, restart } = useOfficeImport(reload);
  const isRunning = state.step === 'running';

  function leave(): void {
    if (isRunning) return;
    restart();
    close();
  }

  return (
    <Modal
      opened={isOpen}
      onClose={leave}
      title={words.importTitle}
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
              <Text>{words.reading}</Text>
            </Group>
          </Center>
        )}
        {state.step === 'looking' && (
          <>
            <div aria-live="polite">
              <ImportPlanView name={state.name} plan={state.plan} />
            </div>
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={restart}>
                {words.chooseOther}
              </Button>
              {state.plan.rows.length > 0 && (
                <Button onClick={() => void run()}>{words.run(state.plan.rows.length)}</Button>
              )}
            </Group>
          </>
        )}
        {'applied' in state && (
          <Applying state={state} run={run} stop={stop} restart={restart} leave={leave} />
        )}
      </Stack>
    </Modal>
  );
}

function FileChoice({ read, fault }: { readonly read: (file: File) => void; readonly fault: string | null }) {
  const [isOver, setOver] = useState(false);
  return (
    <>
      <Text size="sm">{words.importLead}</Text>
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
                {words.choose}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed">
            {words.drop}
          </Text>
        </Stack>
      </Paper>
      <FormFault text={fault} />
      <Anchor href={addressOf('office-table/template')} download size="sm">
        {words.template}
      </Anchor>
    </>
  );
}

function Applying(props: {
  readonly state: Extract<ImportState, { applied: unknown }>;
  readonly run: () => Promise<void>;
  readonly stop: () => void;
  readonly restart: () => void;
  readonly leave: () => void;
}) {
  const { state, run, stop, restart, leave } = props;
  const { step, at, applied, plan, fault } = state;
  const all = plan.rows.length;
  return (
    <>
      <Progress.Root size="xl">
        <Progress.Section
          value={all === 0 ? 100 : (at / all) * 100}
          {...(step === 'stopped' ? { color: 'yellow' } : {})}
          aria-label={words.progress}
        />
      </Progress.Root>
      <Stack gap="xs" role="status">
        {step === 'running' && <Text>{words.running(at, all)}</Text>}
        {step === 'stopped' && <Text>{fault === null ? words.stopped(at, all) : words.brokenOff}</Text>}
        {step === 'done' && <Text fw={600}>{words.done(applied.added, applied.changed)}</Text>}
        {applied.conflicts.length > 0 && <Text c="red.8">{words.conflicts(applied.conflicts)}</Text>}
      </Stack>
      <FormFault text={fault} />
      <Group justify="flex-end" gap="sm">
        {step === 'running' && (
          <Button variant="default" onClick={stop}>
            {words.stop}
          </Button>
        )}
        {step === 'stopped' && (
          <>
            <Button variant="default" onClick={restart}>
              {words.chooseOther}
            </Button>
            <Button onClick={() => void run()}>{words.resume}</Button>
          </>
        )}
        {step === 'done' && <Button onClick={leave}>{copy.actions.close}</Button>}
      </Group>
    </>
  );
}

import { Alert, Button, FileButton, Group, List, Modal, Stack, Table, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SpecialDay, SpecialDaysImported } from '../../../src/contracts/desk-settings.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayDay } from '../../shell/dates.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';

const words = copy.duty;

interface ImportProps {
  readonly close: () => void;
  /** The days go into the fields; nothing is saved by that. */
  readonly take: (days: readonly SpecialDay[]) => void;
}

/** Days from a table of text: read by the desk, looked at, then taken over. */
export function ImportModal(props: ImportProps & { readonly isOpen: boolean }) {
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.close}
      title={words.importTitle}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <ImportForm {...props} />
    </Modal>
  );
}

function ImportForm({ close, take }: ImportProps) {
  const [csv, setCsv] = useState('');
  const [read, setRead] = useState<SpecialDaysImported | null>(null);
  const { isBusy, faults, fault, submit } = useSubmission(['csv']);
  const isReady = read !== null && read.faults.length === 0 && read.days.length > 0;

  function edit(text: string): void {
    setCsv(text);
    setRead(null);
  }
  const preview = (): Promise<boolean> =>
    submit(async () => setRead(await api.post<SpecialDaysImported>('duty/special-days', { csv })));

  return (
    <Stack gap="md">
      <Textarea
        label={words.importText}
        description={words.importHint}
        placeholder={words.importExample}
        value={csv}
        onChange={(event) => edit(event.currentTarget.value)}
        error={faults.csv}
        autosize
        minRows={4}
        maxRows={10}
        data-autofocus
      />
      <Group gap="sm">
        <FileButton
          accept=".csv,text/csv,text/plain"
          onChange={async (file) => file && edit(await file.text())}
        >
          {(button) => (
            <Button variant="default" {...button}>
              {words.importFile}
            </Button>
          )}
        </FileButton>
        <Button
          variant={isReady ? 'default' : 'filled'}
          disabled={csv.trim() === ''}
          loading={isBusy}
          onClick={() => void preview()}
        >
          {words.preview}
        </Button>
      </Group>
      <FormFault text={fault} />
      <div aria-live="polite">{read !== null && <Reading read={read} />}</div>
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {copy.actions.cancel}
        </Button>
        {isReady && (
          <Button
            onClick={() => {
              take(read.days);
              close();
            }}
          >
            {words.take(read.days.length)}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Reading({ read: { days, faults } }: { readonly read: SpecialDaysImported }) {
  return (
    <Stack gap="md">
      {faults.length > 0 && (
        <Alert color="red" title={words.faults}>
          <List size="sm">
            {faults.map(({ line, text, message }) => (
              <List.Item key={line}>
                {words.faultAt(line, text)}
                <br />
                {message}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Text size="sm">{days.length === 0 ? words.nothingRead : words.previewCount(days.length)}</Text>
      {days.length > 0 && (
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.day}</Table.Th>
              <Table.Th>{words.kind}</Table.Th>
              <Table.Th>{words.dayName}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.map(({ day, kind, like, name }) => (
              <Table.Tr key={day}>
                <Table.Td>{sayDay(day)}</Table.Td>
                <Table.Td>
                  {words[kind]}
                  {kind === 'working' && like !== undefined && ` · ${words.weekdays[like - 1]}`}
                </Table.Td>
                <Table.Td>{name}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

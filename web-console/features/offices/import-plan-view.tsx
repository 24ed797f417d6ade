import { Alert, Badge, Group, List, ScrollArea, Stack, Table, Text } from '@mantine/core';
import type { ImportPlan } from '../../../src/contracts/office-directory.ts';
import { words } from './copy.ts';

/** More is not looked through one by one. */
const MOST_SHOWN = 100;
const HIGHEST = 260;

/** What the table would do. */
export function ImportPlanView({ name, plan }: { readonly name: string; readonly plan: ImportPlan }) {
  const { rows, unchanged, faults, unknownColumns } = plan;
  const added = rows.filter(({ revision }) => revision === null).length;
  return (
    <Stack gap="md">
      <Text size="sm">{words.readOf(name)}</Text>
      <Group gap="xs">
        <Badge color="teal" variant="light" size="lg">
          {words.toAdd(added)}
        </Badge>
        <Badge color="blue" variant="light" size="lg">
          {words.toChange(rows.length - added)}
        </Badge>
        <Badge color="gray" variant="light" size="lg">
          {words.unchanged(unchanged)}
        </Badge>
        {faults.length > 0 && (
          <Badge color="red" variant="light" size="lg">
            {words.faulty(faults.length)}
          </Badge>
        )}
      </Group>
      {unknownColumns.length > 0 && (
        <Text size="sm" c="dimmed">
          {words.unknownColumns(unknownColumns)}
        </Text>
      )}
      {faults.length > 0 && (
        <Alert color="red" title={words.faultsTitle}>
          <List size="sm" spacing="xs">
            {faults.slice(0, MOST_SHOWN).map(({ line, text, message }) => (
              <List.Item key={line} className="console-anywhere">
                <strong>{words.faultAt(line, text)}</strong>
                <br />
                {message}
              </List.Item>
            ))}
          </List>
          {faults.length > MOST_SHOWN && <Text size="sm">{words.more(faults.length - MOST_SHOWN)}</Text>}
        </Alert>
      )}
      {rows.length === 0 && faults.length === 0 && <Text>{words.nothingToDo}</Text>}
      {rows.length > 0 && <PlannedRows rows={rows} />}
    </Stack>
  );
}

function PlannedRows({ rows }: Pick<ImportPlan, 'rows'>) {
  return (
    <ScrollArea.Autosize mah={HIGHEST} type="auto" viewportProps={{ tabIndex: 0 }}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.line}</Table.Th>
            <Table.Th>{words.fields.name}</Table.Th>
            <Table.Th>{words.what}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, MOST_SHOWN).map(({ line, office, revision, fields }) => (
            <Table.Tr key={office.code}>
              <Table.Td>{line}</Table.Td>
              <Table.Td>
                {office.name}
                <Text size="sm" c="dimmed">
                  {office.code}
                </Text>
              </Table.Td>
              <Table.Td>
                {revision === null ? words.isNew : fields.map((field) => words.fields[field]).join(', ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > MOST_SHOWN && (
        <Text size="sm" p="xs">
          {words.more(rows.length - MOST_SHOWN)}
        </Text>
      )}
    </ScrollArea.Autosize>
  );
}

import { Badge, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import type { OfficeRecord } from '../../../src/contracts/office-directory.ts';
import { words } from './copy.ts';

export function OfficeTable(props: {
  readonly offices: readonly OfficeRecord[];
  readonly open: (office: OfficeRecord) => void;
}) {
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.fields.name}</Table.Th>
          <Table.Th visibleFrom="lg">{words.fields.province}</Table.Th>
          <Table.Th visibleFrom="md">{words.fields.level}</Table.Th>
          <Table.Th visibleFrom="sm">{words.fields.phones}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.offices.map((office) => (
          <OfficeRow key={office.code} office={office} open={() => props.open(office)} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function OfficeRow({ office, open }: { readonly office: OfficeRecord; readonly open: () => void }) {
  const { code, name, level, province, address, phones, active } = office;
  return (
    <Table.Tr onClick={open} className="console-clickable">
      <Table.Td>
        <Stack gap={0} align="flex-start">
          <Group gap="xs">
            <UnstyledButton aria-label={words.open(name)}>
              <Text fw={600} component="span">
                {name}
              </Text>
            </UnstyledButton>
            {!active && (
              <Badge variant="light" color="gray" size="sm">
                {words.inactive}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" className="console-anywhere">
            {[code, address].filter(Boolean).join(' · ')}
          </Text>
          <Text size="sm" hiddenFrom="lg">
            {province}
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td visibleFrom="lg">{province}</Table.Td>
      <Table.Td visibleFrom="md">{words.levels[level]}</Table.Td>
      <Table.Td visibleFrom="sm">
        {phones.map(({ number, extension }) => (
          <Text size="sm" key={`${number} ${extension}`}>
            {number}
            {extension !== undefined && ` · ${words.extension(extension)}`}
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}

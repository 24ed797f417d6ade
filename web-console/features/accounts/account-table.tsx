import { Badge, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import type { AccountView } from '../../../src/contracts/staff.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { sayDateTime } from '../../shell/dates.ts';

const words = copy.accounts;
const STATUS_COLORS = { invited: 'yellow', active: 'teal', disabled: 'gray' } as const;

export function AccountTable(props: {
  readonly accounts: readonly AccountView[];
  /** null: the person may only look. */
  readonly edit: ((id: string) => void) | null;
}) {
  return (
    <Table highlightOnHover={props.edit !== null}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.name}</Table.Th>
          <Table.Th visibleFrom="xs">{words.role}</Table.Th>
          <Table.Th>{words.status}</Table.Th>
          <Table.Th visibleFrom="md">{words.skills}</Table.Th>
          <Table.Th visibleFrom="lg" ta="right" className="console-nowrap">
            {words.capacityShort}
          </Table.Th>
          <Table.Th visibleFrom="md" className="console-nowrap">
            {words.totp}
          </Table.Th>
          <Table.Th visibleFrom="sm">{words.lastSignIn}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.accounts.map((account) => (
          <AccountRow key={account.id} account={account} edit={props.edit} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function AccountRow(props: { readonly account: AccountView; readonly edit: ((id: string) => void) | null }) {
  const { account, edit } = props;
  const { account: own } = useSession();
  const name = (
    <Group gap="xs">
      <Text fw={600}>{account.name}</Text>
      {account.id === own.id && (
        <Badge variant="outline" size="sm">
          {words.you}
        </Badge>
      )}
    </Group>
  );
  return (
    <Table.Tr
      onClick={edit === null ? undefined : () => edit(account.id)}
      className={edit === null ? undefined : 'console-clickable'}
    >
      <Table.Td>
        <Stack gap={0}>
          {edit === null ? (
            name
          ) : (
            <UnstyledButton aria-label={words.edit(account.name)}>{name}</UnstyledButton>
          )}
          <Text size="sm" c="dimmed" className="console-anywhere">
            {account.email}
          </Text>
          <Text size="sm" hiddenFrom="xs">
            {copy.roles[account.role]}
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td visibleFrom="xs">{copy.roles[account.role]}</Table.Td>
      <Table.Td>
        <Badge variant="light" color={STATUS_COLORS[account.status]} className="console-whole">
          {words.statuses[account.status]}
        </Badge>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Group gap={4}>
          {account.skills.map((skill) => (
            <Badge key={skill} variant="default" fw={500}>
              {skill}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="lg" ta="right">
        {account.capacity}
      </Table.Td>
      <Table.Td visibleFrom="md">{account.hasTotp ? words.totpOn : words.totpOff}</Table.Td>
      <Table.Td visibleFrom="sm">
        {account.lastSignInAt === null ? words.never : sayDateTime(account.lastSignInAt)}
      </Table.Td>
    </Table.Tr>
  );
}

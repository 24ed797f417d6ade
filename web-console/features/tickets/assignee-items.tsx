import { Menu } from '@mantine/core';
import type { TicketPerson } from '../../../src/contracts/tickets.ts';
import { useSession } from '../../session.tsx';
import { useDeskState } from '../../sync/use-desk.ts';
import { copy } from './copy.ts';

/** Whom tickets may be given to: oneself first, then the others by name; null: to nobody. */
export function useAssignees(): readonly TicketPerson[] {
  const { account } = useSession();
  const agents = useDeskState((state) => state.agents);
  const others = agents
    .filter(({ id }) => id !== account.id)
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  return [{ id: account.id, name: account.name }, ...others];
}

export function AssigneeItems({ pick }: { readonly pick: (person: TicketPerson | null) => void }) {
  const [self, ...others] = useAssignees();
  return (
    <>
      {self !== undefined && (
        <Menu.Item onClick={() => pick(self)}>{`${self.name} (${copy.me.toLowerCase()})`}</Menu.Item>
      )}
      {others.map((person) => (
        <Menu.Item key={person.id} onClick={() => pick(person)}>
          {person.name}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item onClick={() => pick(null)}>{copy.bulk.unassign}</Menu.Item>
    </>
  );
}

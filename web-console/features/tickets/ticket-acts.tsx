import { Button, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useNavigate } from 'react-router';
import { useShortcut } from '../../keyboard.tsx';
import { useSession } from '../../session.tsx';
import { copy } from './copy.ts';
import { NewTicketDrawer } from './new-ticket-drawer.tsx';
import { type TicketAddress, writeAddress } from './ticket-address.ts';

const PATHS = { list: '/tickets', board: '/tickets/board' } as const;
type Layout = keyof typeof PATHS;

interface TicketActsProps {
  readonly shown: Layout;
  readonly address: TicketAddress;
}

/** Beside the title: list or board, and a new ticket. */
export function TicketActs({ shown, address }: TicketActsProps) {
  const mayCreate = useSession().may('tickets.handle');
  const navigate = useNavigate();
  const [isCreating, creating] = useDisclosure();
  useShortcut({ keys: 'n', label: copy.keys.create, run: creating.open, when: mayCreate });
  return (
    <>
      <SegmentedControl
        aria-label={copy.layout}
        value={shown}
        onChange={(layout) => void navigate(PATHS[layout as Layout] + writeAddress(address))}
        data={[
          { value: 'list', label: copy.asList },
          { value: 'board', label: copy.asBoard },
        ]}
      />
      {mayCreate && (
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={creating.open}>
          {copy.create}
        </Button>
      )}
      <NewTicketDrawer isOpen={isCreating} close={creating.close} />
    </>
  );
}

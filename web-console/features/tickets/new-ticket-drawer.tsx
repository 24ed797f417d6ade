import { Drawer } from '@mantine/core';
import { useNavigate } from 'react-router';
import type { TicketDetail } from '../../../src/contracts/tickets.ts';
import { copy as shell } from '../../copy.ts';
import { sayDone } from '../../shell/notices.ts';
import { copy } from './copy.ts';
import { NewTicketForm, type NewTicketFormProps } from './new-ticket-form.tsx';

interface NewTicketDrawerProps
  extends Pick<NewTicketFormProps, 'initial' | 'conversation'>,
    Partial<Pick<NewTicketFormProps, 'source'>> {
  readonly isOpen: boolean;
  readonly close: () => void;
  /** Left out: the ticket is opened. */
  readonly created?: (ticket: TicketDetail) => void;
}

/** The form beside what is shown. */
export function NewTicketDrawer({ isOpen, close, created, source = 'agent', ...form }: NewTicketDrawerProps) {
  const navigate = useNavigate();
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      size={560}
      title={copy.form.title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': shell.actions.close }}
    >
      <NewTicketForm
        {...form}
        source={source}
        cancel={close}
        created={(ticket) => {
          sayDone(copy.form.created(ticket.code));
          close();
          if (created === undefined) void navigate(`/tickets/${ticket.code}`);
          else created(ticket);
        }}
      />
    </Drawer>
  );
}

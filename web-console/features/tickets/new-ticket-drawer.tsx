import { Drawer } from '@mantine/core';
import { useNavigate } from 'react-router';
import { copy as shell } from '../../copy.ts';
import { sayDone } from '../../shell/notices.ts';
import { copy } from './copy.ts';
import { NewTicketForm, type NewTicketFormProps } from './new-ticket-form.tsx';

interface NewTicketDrawerProps extends Pick<NewTicketFormProps, 'initial' | 'conversation'> {
  readonly isOpen: boolean;
  readonly close: () => void;
  /** Whoever is in a conversation stays there. */
  readonly opensTicket: boolean;
}

/** The form beside what is shown. */
export function NewTicketDrawer({ isOpen, close, opensTicket, ...form }: NewTicketDrawerProps) {
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
        source="agent"
        cancel={close}
        created={({ code }) => {
          sayDone(copy.form.created(code));
          close();
          if (opensTicket) void navigate(`/tickets/${code}`);
        }}
      />
    </Drawer>
  );
}

/** One ticket: what it is about, what happened, what is said next, and whom it is about. */
import { Alert, Anchor, Box, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import type { TicketDetail } from '../../../src/contracts/tickets.ts';
import { isApiError } from '../../api.ts';
import { useShortcut } from '../../keyboard.tsx';
import { useSession } from '../../session.tsx';
import { usePageTitle } from '../../shell/page-title.ts';
import { ScreenSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { copy } from './copy.ts';
import { FileList } from './file-list.tsx';
import { PrintFacts } from './print-facts.tsx';
import { TicketComposer, type TicketComposerHandle } from './ticket-composer.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketHeader } from './ticket-header.tsx';
import { ticketKey, useTicket } from './ticket-queries.ts';
import { TicketTimeline } from './ticket-timeline.tsx';
import { useTicketFacts } from './use-ticket-facts.ts';

const words = copy.detail;

export function TicketScreen() {
  const { code = '' } = useParams();
  const { state } = useLocation();
  const backTo = (state as { readonly from?: string } | null)?.from ?? '/tickets';
  const ticket = useTicket(code);
  const queries = useQueryClient();
  usePageTitle(code);
  useTicketFacts({ onEntered: () => void queries.invalidateQueries({ queryKey: ticketKey(code) }) });

  if (ticket.isPending) return <ScreenSkeleton />;
  if (ticket.data === undefined)
    return (
      <Box p="lg">
        {isApiError(ticket.error) && ticket.error.code === 'ticket_not_found' ? (
          <Empty text={words.missing}>
            <Anchor component={Link} to={backTo}>
              {words.back}
            </Anchor>
          </Empty>
        ) : (
          <LoadFailed error={ticket.error} retry={() => void ticket.refetch()} />
        )}
      </Box>
    );
  return <Ticket key={code} ticket={ticket.data} backTo={backTo} />;
}

function Ticket({ ticket, backTo }: { readonly ticket: TicketDetail; readonly backTo: string }) {
  const { may } = useSession();
  const navigate = useNavigate();
  const composer = useRef<TicketComposerHandle>(null);
  // Another composer reads anew what is being written.
  const [sentElsewhere, setSentElsewhere] = useState(0);
  const mayWrite = may('tickets.handle') && ticket.outcome !== 'erased';
  useShortcut({
    keys: 'r',
    label: copy.keys.reply,
    when: mayWrite,
    run: () => composer.current?.focus('reply'),
  });
  useShortcut({
    keys: 'm',
    label: copy.keys.note,
    when: mayWrite,
    run: () => composer.current?.focus('note'),
  });
  useShortcut({ keys: 'Escape', label: copy.keys.back, run: () => void navigate(backTo) });

  return (
    <div className="ticket">
      <TicketHeader ticket={ticket} backTo={backTo} draftSent={() => setSentElsewhere(sentElsewhere + 1)} />
      <PrintFacts ticket={ticket} />
      <div className="ticket-panes">
        <div className="ticket-main">
          <Standing ticket={ticket} />
          <section className="ticket-content" aria-label={words.content}>
            <Title order={2} size="h5">
              {words.content}
            </Title>
            <Text className="console-lines">{ticket.content}</Text>
            <FileList files={ticket.attachments} />
          </section>
          <TicketTimeline ticket={ticket} />
          {mayWrite && <TicketComposer key={sentElsewhere} ref={composer} ticket={ticket} />}
        </div>
        <aside className="ticket-aside" aria-label={words.facts}>
          <TicketFacts ticket={ticket} />
        </aside>
      </div>
    </div>
  );
}

/** What must not be missed: it goes on elsewhere, or its data are gone, or it was refused. */
function Standing({ ticket }: { readonly ticket: TicketDetail }) {
  const { mergedInto, outcome, reason, satisfaction } = ticket;
  if (mergedInto === null && outcome !== 'erased' && outcome !== 'rejected' && satisfaction === null)
    return null;
  return (
    <Stack gap="sm">
      {mergedInto !== null && (
        <Alert color="sea">
          {words.mergedInto(mergedInto)}{' '}
          <Anchor component={Link} to={`/tickets/${mergedInto}`} size="sm">
            {words.openMerged}
          </Anchor>
        </Alert>
      )}
      {outcome === 'erased' && <Alert color="gray">{words.erased}</Alert>}
      {outcome === 'rejected' && reason !== null && <Alert color="gray">{words.rejectedFor(reason)}</Alert>}
      {satisfaction !== null && (
        <Alert color="teal">
          {words.satisfaction(satisfaction.score)}
          {satisfaction.comment !== '' && `: “${satisfaction.comment}”`}
        </Alert>
      )}
    </Stack>
  );
}

import { Badge, Button, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { type ReactNode, Suspense, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { ContactCard, ConversationRow, EarlierConversation } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { lazily } from '../../shell/load-later.ts';
import { lastOfContact, type OpenConversation } from '../../sync/desk-state.ts';
import { useDesk } from '../../sync/use-desk.ts';
import { formatDayAndTime } from './clock.ts';
import { Confidence } from './confidence.tsx';
import { Mark } from './inbox-row.tsx';
import { likelyOf } from './likely.ts';
import { loadEarlierDialog } from './load-dialogs.ts';
import { contactNameOf, entityName, entityValue, ticketKindName, ticketStatusName } from './names.ts';
import { Reveal } from './reveal.tsx';
import type { Standing } from './standing.ts';

const words = copy.conversations;
const NewTicketDrawer = lazily(
  () => import('../ticket-screens.ts'),
  (file) => file.NewTicketDrawer,
);
const EarlierDialog = lazily(loadEarlierDialog, (file) => file.EarlierDialog);

interface ContactTabProps {
  readonly conversation: OpenConversation;
  readonly row: ConversationRow;
  readonly standing: Standing;
}

/** All that is known of whom one is talking to. */
export function ContactTab({ conversation, row, standing }: ContactTabProps) {
  const desk = useDesk();
  const { contact, transcript } = conversation;
  if (contact === null) return null;
  const asked = lastOfContact(transcript.messages.filter(({ understanding }) => understanding !== null));
  return (
    <Stack gap="lg" p="md">
      <Section title={contactNameOf(row)}>
        <Fact name={words.side.platform} value={contact.platform && words.side.platforms[contact.platform]} />
        <Fact name={words.side.appVersion} value={contact.appVersion} />
        {contact.sealed.length > 0 && standing.canReveal && (
          <Reveal kinds={contact.sealed} ask={() => desk.ask('contact:reveal', { id: row.id })} />
        )}
        {row.tags.length > 0 && (
          <Group gap={4}>
            {row.tags.map((tag) => (
              <Mark key={tag} color="gray">
                {tag}
              </Mark>
            ))}
          </Group>
        )}
      </Section>
      {row.reason !== null && (
        <Section title={words.side.why}>
          <Text size="sm">{words.reasons[row.reason]}</Text>
          {likelyOf(asked?.understanding?.candidates ?? []).map(({ intent, title, confidence }) => (
            <div key={intent}>
              <Text size="sm">{title}</Text>
              <Confidence value={confidence} />
            </div>
          ))}
        </Section>
      )}
      {contact.entities.length > 0 && (
        <Section title={words.side.entities}>
          {contact.entities.map(({ type, value }) => (
            <Fact key={`${type} ${value}`} name={entityName(type)} value={entityValue(type, value)} />
          ))}
        </Section>
      )}
      <Earlier conversations={contact.conversations.filter(({ id }) => id !== row.id)} />
      <Tickets tickets={contact.tickets} conversation={conversation} />
    </Stack>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={3} size="h5" mb={6}>
        {title}
      </Title>
      <Stack gap={6}>{children}</Stack>
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string | null }) {
  return (
    <Group gap={8} wrap="nowrap" align="baseline" justify="space-between">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text size="sm" ta="right">
        {value ?? words.side.unknown}
      </Text>
    </Group>
  );
}

function Earlier({ conversations }: { readonly conversations: readonly EarlierConversation[] }) {
  const [shown, setShown] = useState<EarlierConversation | null>(null);
  const navigate = useNavigate();
  return (
    <Section title={words.side.earlier}>
      {conversations.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.side.noEarlier}
        </Text>
      )}
      {conversations.map((one) => (
        <UnstyledButton
          key={one.id}
          className="side-item"
          onClick={() => (one.archived ? navigate(`/archive/${one.id}`) : setShown(one))}
        >
          <Text size="sm" fw={550}>
            {formatDayAndTime(one.openedAt)}
          </Text>
          <Text size="xs" c="dimmed">
            {[
              one.archived ? words.side.earlierArchived : words.statuses[one.status],
              one.agent?.name,
              one.closeReason,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </UnstyledButton>
      ))}
      <Suspense fallback={null}>
        {shown !== null && <EarlierDialog conversation={shown} close={() => setShown(null)} />}
      </Suspense>
    </Section>
  );
}

interface TicketsProps extends Pick<ContactCard, 'tickets'> {
  readonly conversation: OpenConversation;
}

function Tickets({ tickets: known, conversation }: TicketsProps) {
  const { may } = useSession();
  const [isCreating, setCreating] = useState(false);
  // What is known of the contact is read when the conversation is opened.
  const [made, setMade] = useState<ContactCard['tickets']>([]);
  const tickets = [...made.filter(({ code }) => known.every((one) => one.code !== code)), ...known];
  const { pathname, search } = useLocation();
  const here = pathname + search;
  return (
    <Section title={words.side.tickets}>
      {tickets.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.side.noTickets}
        </Text>
      )}
      {tickets.map((ticket) => (
        <Link key={ticket.code} to={`/tickets/${ticket.code}`} state={{ from: here }} className="side-item">
          <Group justify="space-between" gap={6}>
            <Text size="sm" fw={550}>
              {ticket.code} · {ticketKindName(ticket.kind)}
            </Text>
            <Badge size="sm" variant="default" tt="none">
              {ticketStatusName(ticket.status)}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed" lineClamp={2}>
            {ticket.content}
          </Text>
        </Link>
      ))}
      {may('tickets.handle') && (
        <Button variant="default" size="compact-sm" onClick={() => setCreating(true)}>
          {words.side.createTicket}
        </Button>
      )}
      <Suspense fallback={null}>
        {isCreating && (
          <NewTicketDrawer
            isOpen
            close={() => setCreating(false)}
            created={(ticket) => setMade([ticket, ...made])}
            conversation={conversation.id}
            initial={knownOf(conversation)}
          />
        )}
      </Suspense>
    </Section>
  );
}

/** What the form need not ask again. Numbers are masked here: they are left to be asked for. */
function knownOf({ contact, transcript }: OpenConversation) {
  const office = contact?.entities.find(({ type }) => type === 'office')?.value;
  return {
    content: lastOfContact(transcript.messages)?.text ?? '',
    name: contact?.name ?? '',
    ...(office === undefined ? {} : { office }),
  };
}

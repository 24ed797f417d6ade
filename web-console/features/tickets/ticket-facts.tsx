/** Beside a ticket: whom it is about, and what it is sorted by. */
import { Anchor, NativeSelect, Stack, TagsInput, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type {
  ComplaintType,
  TicketChangeRequest,
  TicketDetail,
  TicketPriority,
} from '../../../src/contracts/tickets.ts';
import { useSession } from '../../session.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { useDeskSettings } from '../conversations/inbox-queries.ts';
import { useAssignees } from './assignee-items.tsx';
import { copy } from './copy.ts';
import { OfficeField } from './office-field.tsx';
import { PRIORITIES } from './ticket-address.ts';
import { ContactFacts } from './ticket-contact.tsx';
import { sayStretch } from './ticket-times.ts';
import { useTicketAct } from './use-ticket-act.ts';

const words = copy.fields;
const COMPLAINT_TYPES = Object.keys(copy.complaintTypes) as ComplaintType[];

export function TicketFacts({ ticket }: { readonly ticket: TicketDetail }) {
  const { may } = useSession();
  const { kind, callAt, promised, attempts, conversation, source, createdAt, updatedAt, outcome } = ticket;
  const mayChange = may('tickets.handle') && outcome !== 'erased';
  return (
    <Stack gap="lg">
      <section>
        <Title order={2} size="h5" mb={6}>
          {copy.contact.title}
        </Title>
        <ContactFacts row={ticket} />
      </section>
      <section>
        <Title order={2} size="h5" mb={6}>
          {copy.detail.facts}
        </Title>
        <fieldset disabled={!mayChange} className="console-fieldset">
          <Fields ticket={ticket} />
        </fieldset>
      </section>
      <dl className="ticket-dl">
        {kind === 'callback' && (
          <>
            <Fact name={words.callAt}>{callAt ?? copy.callbacks.anytime}</Fact>
            {promised !== null && <Fact name={words.promised}>{sayStretch(promised)}</Fact>}
            <Fact name={words.attempts}>{copy.callbacks.attemptsOf(attempts)}</Fact>
          </>
        )}
        <Fact name={words.source}>{copy.sources[source]}</Fact>
        {conversation !== null && (
          <Fact name={words.conversation}>
            <Anchor component={Link} to={`/inbox/${conversation}`} size="sm">
              {words.openConversation}
            </Anchor>
          </Fact>
        )}
        <Fact name={words.createdAt}>{sayDateTime(createdAt)}</Fact>
        <Fact name={words.updatedAt}>{sayDateTime(updatedAt)}</Fact>
      </dl>
    </Stack>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Each is taken over as soon as it is chosen. */
function Fields({ ticket }: { readonly ticket: TicketDetail }) {
  const settings = useDeskSettings();
  const assignees = useAssignees();
  const act = useTicketAct();
  const change = (request: TicketChangeRequest): void => void act.change(ticket.code, request);
  const { assignee, priority, complaintType, kind, category, tags } = ticket;
  const people =
    assignee === null || assignees.some(({ id }) => id === assignee.id)
      ? assignees
      : [...assignees, assignee];
  const categories = settings?.tickets.categories ?? [];
  return (
    <Stack gap="sm">
      <NativeSelect
        label={words.assignee}
        value={assignee?.id ?? ''}
        onChange={(event) => change({ kind: 'assign', to: event.currentTarget.value || null })}
        data={[
          { value: '', label: copy.nobody },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <NativeSelect
        label={words.priority}
        value={priority}
        onChange={(event) => change({ kind: 'priority', to: event.currentTarget.value as TicketPriority })}
        data={PRIORITIES.map((value) => ({ value, label: copy.priorities[value] }))}
      />
      {kind === 'complaint' && (
        <NativeSelect
          label={words.complaintType}
          value={complaintType ?? ''}
          onChange={(event) =>
            change({ kind: 'complaintType', to: event.currentTarget.value as ComplaintType })
          }
          data={[
            ...(complaintType === null ? [{ value: '', label: copy.form.complaintTypeAny }] : []),
            ...COMPLAINT_TYPES.map((value) => ({ value, label: copy.complaintTypes[value] })),
          ]}
        />
      )}
      <NativeSelect
        label={words.category}
        value={category ?? ''}
        onChange={(event) => change({ kind: 'category', to: event.currentTarget.value || null })}
        data={[
          { value: '', label: words.unknownCategory },
          ...[...new Set([...categories, ...(category === null ? [] : [category])])].map((value) => ({
            value,
            label: value,
          })),
        ]}
      />
      {/* What somebody else has chosen meanwhile replaces what stands there. */}
      <OfficeChange key={ticket.office} office={ticket.office ?? ''} change={change} />
      <TagsInput
        label={words.tags}
        placeholder={tags.length === 0 ? words.tagsHint : ''}
        value={[...tags]}
        onChange={(next) =>
          change({
            kind: 'tags',
            add: next.filter((tag) => !tags.includes(tag)),
            remove: tags.filter((tag) => !next.includes(tag)),
          })
        }
        data={[...(settings?.tags ?? [])]}
        maxTags={20}
        acceptValueOnBlur
      />
      {act.isBusy && (
        <Text size="xs" c="dimmed" role="status">
          {copy.detail.saving}
        </Text>
      )}
    </Stack>
  );
}

interface OfficeChangeProps {
  readonly office: string;
  readonly change: (request: TicketChangeRequest) => void;
}

/** Taken over when the field is left. */
function OfficeChange({ office, change }: OfficeChangeProps) {
  const [typed, setTyped] = useState(office);
  return (
    <OfficeField
      label={words.office}
      value={typed}
      onChange={setTyped}
      onBlur={() => {
        if (typed.trim() !== office) change({ kind: 'office', to: typed.trim() || null });
      }}
    />
  );
}

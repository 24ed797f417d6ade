/** A ticket that somebody of the staff writes down: from the list, from a conversation, on the phone. */
import {
  Button,
  Group,
  NativeSelect,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type {
  ComplaintType,
  NewTicket,
  TicketDetail,
  TicketKind,
  TicketPriority,
} from '../../../src/contracts/tickets.ts';
import { randomName } from '../../../web-sync/random-name.ts';
import { api } from '../../api.ts';
import { copy as shell } from '../../copy.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { useDeskSettings } from '../conversations/inbox-queries.ts';
import { LONGEST_TEXT } from '../conversations/sending-rules.ts';
import { contactFaults } from './contact-rules.ts';
import { copy } from './copy.ts';
import { OfficeField } from './office-field.tsx';
import { KINDS, PRIORITIES } from './ticket-address.ts';
import { COUNTS_KEY, LIST_KEY, takeDetail } from './ticket-queries.ts';

const words = copy.form;
const KEY_BYTES = 16;
const COMPLAINT_TYPES = Object.keys(copy.complaintTypes) as ComplaintType[];
const FIELDS = ['content', 'name', 'phone', 'email', 'office', 'category', 'callAt', 'tags'] as const;

/** What is known before; the rest is empty. */
export type NewTicketValues = Omit<NewTicket, 'key' | 'source' | 'conversation'>;

export interface NewTicketFormProps {
  readonly initial?: Partial<NewTicketValues>;
  readonly source: NewTicket['source'];
  /** The conversation that it comes of; null: none. */
  readonly conversation?: string | null;
  readonly created: (ticket: TicketDetail) => void;
  /** Left out: there is no way back. */
  readonly cancel?: () => void;
}

const EMPTY: NewTicketValues = {
  kind: 'complaint',
  complaintType: null,
  content: '',
  name: '',
  phone: '',
  email: '',
  office: '',
  category: null,
  priority: 'normal',
  callAt: '',
  tags: [],
};

export function NewTicketForm(props: NewTicketFormProps) {
  const { initial, source, conversation = null, created, cancel } = props;
  const queries = useQueryClient();
  const settings = useDeskSettings();
  const [values, setValues] = useState<NewTicketValues>({ ...EMPTY, ...initial });
  // Of this form: pressed twice, or sent again after a break, it is one ticket.
  const [key] = useState(() => randomName(KEY_BYTES));
  const { isBusy, faults, fault, submit, object } = useSubmission(FIELDS, {
    phone_malformed: 'phone',
    email_malformed: 'email',
    contact_required: 'phone',
  });
  const isTooLong = values.content.length > LONGEST_TEXT;
  const set = (part: Partial<NewTicketValues>): void => setValues({ ...values, ...part });
  const text = (name: 'name' | 'phone' | 'email' | 'callAt') => ({
    value: values[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
    error: faults[name],
    autoComplete: 'off',
  });

  function save(event: FormEvent): void {
    event.preventDefault();
    const own = faultsOf(values);
    if (Object.keys(own).length > 0) {
      object(own);
      return;
    }
    const isComplaint = values.kind === 'complaint';
    const ticket: NewTicket = {
      ...values,
      key,
      complaintType: isComplaint ? values.complaintType : null,
      callAt: values.kind === 'callback' ? values.callAt : '',
      source,
      conversation,
    };
    void submit(async () => {
      const detail = await api.post<TicketDetail>('tickets', ticket);
      takeDetail(queries, detail);
      void queries.invalidateQueries({ queryKey: LIST_KEY });
      void queries.invalidateQueries({ queryKey: COUNTS_KEY });
      created(detail);
    });
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        {conversation !== null && (
          <Text size="sm" c="dimmed">
            {words.fromConversation}
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <NativeSelect
            label={words.kind}
            value={values.kind}
            onChange={(event) => set({ kind: event.currentTarget.value as TicketKind })}
            data={KINDS.map((value) => ({ value, label: copy.kinds[value] }))}
          />
          {values.kind === 'complaint' && (
            <NativeSelect
              label={words.complaintType}
              value={values.complaintType ?? ''}
              onChange={(event) =>
                set({ complaintType: (event.currentTarget.value || null) as ComplaintType | null })
              }
              data={[
                { value: '', label: words.complaintTypeAny },
                ...COMPLAINT_TYPES.map((value) => ({ value, label: copy.complaintTypes[value] })),
              ]}
            />
          )}
          {values.kind === 'callback' && (
            <TextInput
              label={words.callAt}
              placeholder={words.callAtHint}
              maxLength={200}
              {...text('callAt')}
            />
          )}
        </SimpleGrid>
        <Textarea
          label={words.content}
          value={values.content}
          onChange={(event) => set({ content: event.currentTarget.value })}
          error={isTooLong ? copy.tooLong(values.content.length, LONGEST_TEXT) : faults.content}
          autosize
          minRows={4}
          maxRows={14}
          data-autofocus
        />
        <TextInput label={copy.contact.name} maxLength={100} {...text('name')} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <TextInput label={copy.contact.phone} type="tel" maxLength={20} {...text('phone')} />
          <TextInput label={copy.contact.email} type="email" maxLength={200} {...text('email')} />
        </SimpleGrid>
        <OfficeField
          label={words.office}
          value={values.office}
          onChange={(office) => set({ office })}
          error={faults.office}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <Select
            label={copy.fields.category}
            placeholder={copy.fields.unknownCategory}
            data={[...(settings?.tickets.categories ?? [])]}
            value={values.category}
            onChange={(category) => set({ category })}
            error={faults.category}
            clearable
            searchable
          />
          <NativeSelect
            label={copy.fields.priority}
            value={values.priority}
            onChange={(event) => set({ priority: event.currentTarget.value as TicketPriority })}
            data={PRIORITIES.map((value) => ({ value, label: copy.priorities[value] }))}
          />
        </SimpleGrid>
        <TagsInput
          label={copy.fields.tags}
          placeholder={copy.fields.tagsHint}
          value={values.tags}
          onChange={(tags) => set({ tags })}
          error={faults.tags}
          data={[...(settings?.tags ?? [])]}
          maxTags={20}
          acceptValueOnBlur
        />
        <FormFault text={fault} />
        <Group justify="flex-end">
          {cancel !== undefined && (
            <Button variant="default" onClick={cancel}>
              {shell.actions.cancel}
            </Button>
          )}
          <Button type="submit" loading={isBusy}>
            {words.act}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function faultsOf(values: NewTicketValues): Partial<Record<(typeof FIELDS)[number], string>> {
  const { content, kind, phone } = values;
  return {
    ...(content.trim() === '' ? { content: words.contentMissing } : {}),
    ...(content.length > LONGEST_TEXT ? { content: copy.tooLong(content.length, LONGEST_TEXT) } : {}),
    ...(kind === 'callback' && phone.trim() === '' ? { phone: words.phoneMissing } : {}),
    ...contactFaults(values),
  };
}

/** Whom a ticket is about: masked, until somebody looks, which the desk logs. */
import { Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import IconEye from '@tabler/icons-react/icons/IconEye';
import IconMail from '@tabler/icons-react/icons/IconMail';
import IconPhone from '@tabler/icons-react/icons/IconPhone';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import type { TicketContact, TicketDetail, TicketRow } from '../../../src/contracts/tickets.ts';
import { api } from '../../api.ts';
import { copy as shell } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { sealedName } from '../conversations/names.ts';
import { contactFaults } from './contact-rules.ts';
import { copy } from './copy.ts';
import { takeDetail } from './ticket-queries.ts';

const words = copy.contact;
/** Long enough to dial, short enough that it does not stay on a screen that is left. */
const SHOWN_FOR_MS = 3 * 60_000;

/** Name, number and address; with a way to see them in full. */
export function ContactFacts({ row }: { readonly row: TicketRow }) {
  const { may } = useSession();
  const [shown, setShown] = useState<TicketContact | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isEditing, setEditing] = useState(false);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [shown]);

  const reveal = async (): Promise<Reach | null> => {
    setBusy(true);
    try {
      const contact = await api.post<TicketContact>(`tickets/${row.code}/reveal`);
      setShown(contact);
      return contact;
    } catch (error) {
      sayFailed(error);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const { name, phone, email } = shown ?? row.contact;
  const isMasked = shown === null && (phone !== null || email !== null);
  const mayLook = may('tickets.handle') && row.outcome !== 'erased';
  return (
    <Stack gap={6} aria-live="polite">
      {name !== null && <Text fw={600}>{name}</Text>}
      {phone !== null &&
        (shown === null ? (
          <Text size="sm">{phone}</Text>
        ) : (
          <Anchor href={`tel:${phone}`} size="sm" aria-label={words.call(phone)} className="ticket-reach">
            <IconPhone size={16} aria-hidden /> {phone}
          </Anchor>
        ))}
      {email !== null &&
        (shown === null ? (
          <Text size="sm">{email}</Text>
        ) : (
          <Anchor href={`mailto:${email}`} size="sm" aria-label={words.mail(email)} className="ticket-reach">
            <IconMail size={16} aria-hidden /> {email}
          </Anchor>
        ))}
      {name === null && phone === null && email === null && (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      )}
      {(shown?.numbers ?? []).map(({ type, value }) => (
        <Text key={`${type} ${value}`} size="sm">
          {words.number(sealedName(type))} <strong>{value}</strong>
        </Text>
      ))}
      {shown !== null && (
        <Text size="xs" c="dimmed">
          {words.revealed}
        </Text>
      )}
      {mayLook && (
        <Group gap="xs" className="ticket-no-print">
          {shown === null && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconEye size={14} aria-hidden />}
              loading={isBusy}
              onClick={() => void reveal()}
            >
              {words.reveal}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() =>
              // What is masked cannot be edited.
              void (isMasked ? reveal() : Promise.resolve(row.contact)).then((contact) =>
                setEditing(contact !== null),
              )
            }
          >
            {words.edit}
          </Button>
        </Group>
      )}
      <Modal
        opened={isEditing}
        onClose={() => setEditing(false)}
        title={words.editTitle}
        closeButtonProps={{ 'aria-label': shell.actions.close }}
      >
        <ContactForm
          code={row.code}
          contact={shown ?? row.contact}
          close={(saved) => {
            setEditing(false);
            if (saved !== null) setShown({ ...saved, numbers: shown?.numbers ?? [] });
          }}
        />
      </Modal>
    </Stack>
  );
}

type Reach = TicketRow['contact'];

interface ContactFormProps {
  readonly code: string;
  readonly contact: Reach;
  readonly close: (saved: Reach | null) => void;
}

function ContactForm({ code, contact, close }: ContactFormProps) {
  const queries = useQueryClient();
  const [values, setValues] = useState({
    name: contact.name ?? '',
    phone: contact.phone ?? '',
    email: contact.email ?? '',
  });
  const { isBusy, faults, fault, submit, object } = useSubmission(['name', 'phone', 'email'], {
    phone_malformed: 'phone',
    email_malformed: 'email',
  });
  const field = (name: keyof typeof values, longest: number, type = 'text') => (
    <TextInput
      label={words[name]}
      type={type}
      value={values[name]}
      onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
      error={faults[name]}
      maxLength={longest}
      autoComplete="off"
    />
  );
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const own = contactFaults(values);
    if (Object.keys(own).length > 0) {
      object(own);
      return;
    }
    void submit(async () => {
      takeDetail(
        queries,
        await api.post<TicketDetail>(`tickets/${code}/changes`, { kind: 'contact', ...values }),
      );
      sayDone(words.saved);
      close({ name: values.name || null, phone: values.phone || null, email: values.email || null });
    });
  };
  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        {field('name', 100)}
        {field('phone', 20, 'tel')}
        {field('email', 200, 'email')}
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => close(null)}>
            {shell.actions.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {shell.actions.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

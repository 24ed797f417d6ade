/** Filters that are kept under a name, one's own and those for everybody. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Modal,
  Popover,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconBookmark from '@tabler/icons-react/icons/IconBookmark';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { SavedFilter, SavedFilterDraft } from '../../../src/contracts/tickets.ts';
import { api } from '../../api.ts';
import { copy as shell } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { FormFault, LoadFailed } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { copy } from './copy.ts';
import { readAddress, writeAddress } from './ticket-address.ts';
import { SAVED_KEY, useSavedFilters } from './ticket-queries.ts';
import type { TicketAddressing } from './use-ticket-address.ts';

const words = copy.saved;

export function SavedFilters({ addressing }: { readonly addressing: TicketAddressing }) {
  const [isOpen, menu] = useDisclosure();
  const [isSaving, saving] = useDisclosure();
  return (
    <>
      <Popover
        position="bottom-end"
        width={300}
        trapFocus
        shadow="md"
        opened={isOpen}
        onChange={(open) => (open ? menu.open() : menu.close())}
      >
        <Popover.Target>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={words.menu}
            title={words.menu}
            onClick={menu.toggle}
          >
            <IconBookmark size={18} aria-hidden />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={words.menu}>
          <Stack gap="sm">
            <FilterList close={menu.close} />
            <Button
              variant="default"
              onClick={() => {
                menu.close();
                saving.open();
              }}
            >
              {words.save}
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Modal
        opened={isSaving}
        onClose={saving.close}
        title={words.saveTitle}
        closeButtonProps={{ 'aria-label': shell.actions.close }}
      >
        <SaveForm query={writeAddress(addressing.address).slice(1)} close={saving.close} />
      </Modal>
    </>
  );
}

function FilterList({ close }: { readonly close: () => void }) {
  const { data, error, refetch } = useSavedFilters();
  if (error !== null) return <LoadFailed error={error} retry={() => void refetch()} />;
  const filters = data?.filters ?? [];
  const groups = [
    { title: words.mine, members: filters.filter(({ shared }) => !shared) },
    { title: words.shared, members: filters.filter(({ shared }) => shared) },
  ].filter(({ members }) => members.length > 0);
  if (groups.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {words.none}
      </Text>
    );
  return groups.map(({ title, members }) => (
    <section key={title} aria-label={title}>
      <Text size="xs" fw={600} c="dimmed">
        {title}
      </Text>
      <ul className="console-plain-list">
        {members.map((filter) => (
          <SavedRow key={filter.id} filter={filter} close={close} />
        ))}
      </ul>
    </section>
  ));
}

function SavedRow({ filter, close }: { readonly filter: SavedFilter; readonly close: () => void }) {
  const { id, name, query, shared, mine } = filter;
  const navigate = useNavigate();
  const { may } = useSession();
  const queries = useQueryClient();
  const remove = async (): Promise<void> => {
    close();
    const question = { title: words.removeTitle, text: words.removeText(name, shared) };
    if (!(await confirmAct({ ...question, act: shell.actions.remove }))) return;
    await api.delete(`ticket-filters/${id}`);
    sayDone(words.removed);
    await queries.invalidateQueries({ queryKey: SAVED_KEY });
  };
  return (
    <li className="ticket-saved">
      <UnstyledButton
        className="ticket-saved-name"
        onClick={() => {
          close();
          // Read once more: what it was saved with may not be understood any more.
          void navigate(`/tickets${writeAddress(readAddress(new URLSearchParams(query)))}`);
        }}
      >
        {name}
      </UnstyledButton>
      {(mine || (shared && may('conversations.oversee'))) && (
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={words.remove(name)}
          onClick={() => void remove().catch(sayFailed)}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}

function SaveForm({ query, close }: { readonly query: string; readonly close: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const { isBusy, faults, fault, submit, object } = useSubmission(['name']);

  function save(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() === '') {
      object({ name: shell.failures.required });
      return;
    }
    const draft: SavedFilterDraft = { name: name.trim(), query, shared };
    void submit(async () => {
      await api.post('ticket-filters', draft);
      sayDone(words.stored);
      close();
      await queries.invalidateQueries({ queryKey: SAVED_KEY });
    });
  }
  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <TextInput
          label={words.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults.name}
          maxLength={60}
          data-autofocus
        />
        <Checkbox
          label={words.forAll}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
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

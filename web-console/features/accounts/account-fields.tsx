import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DeskSettingsView } from '../../../src/contracts/desk-settings.ts';
import type { Role } from '../../../src/contracts/permissions.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { SETTINGS_KEY } from '../settings/settings-key.ts';

const words = copy.accounts;
const ROLES = Object.entries(copy.roles).map(([value, label]) => ({ value, label }));
const DEFAULT_CAPACITY = 4;

/** What an admin decides about an account. */
export interface AccountValues {
  readonly name: string;
  readonly role: Role;
  readonly skills: readonly string[];
  /** A text while it is typed. */
  readonly capacity: number | string;
}
export const NEW_ACCOUNT: AccountValues = { name: '', role: 'agent', skills: [], capacity: DEFAULT_CAPACITY };

export function AccountFields(props: {
  readonly values: AccountValues;
  readonly change: (values: AccountValues) => void;
  readonly faults: Readonly<Partial<Record<keyof AccountValues, string>>>;
}) {
  const { values, faults } = props;
  const set = (part: Partial<AccountValues>): void => props.change({ ...values, ...part });
  const settings = useQuery({
    queryKey: SETTINGS_KEY,
    queryFn: () => api.get<DeskSettingsView>('settings'),
  });
  return (
    <>
      <TextInput
        label={words.name}
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={faults.name}
        autoComplete="off"
        maxLength={100}
        data-autofocus
      />
      <Select
        label={words.role}
        data={ROLES}
        value={values.role}
        onChange={(role) => set({ role: (role ?? values.role) as Role })}
        error={faults.role}
        allowDeselect={false}
      />
      <TagsInput
        label={words.skills}
        description={words.skillsHint}
        data={[...(settings.data?.settings.skills ?? [])]}
        value={[...values.skills]}
        onChange={(skills) => set({ skills })}
        error={faults.skills}
        maxTags={20}
        acceptValueOnBlur
      />
      <NumberInput
        label={words.capacity}
        value={values.capacity}
        onChange={(capacity) => set({ capacity })}
        error={faults.capacity}
        min={1}
        max={50}
        allowDecimal={false}
        w={200}
      />
    </>
  );
}

import {
  Anchor,
  Autocomplete,
  type ComboboxParsedItem,
  Group,
  Input,
  Select,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { mapHref } from '../../../web-sync/place-links.ts';
import { contains } from '../../shell/contains.ts';
import { words } from './copy.ts';
import { type FormFaults, type OfficeForm, readLocation, splitPosition } from './office-form.ts';
import { useOfficeNames } from './offices-queries.ts';
import { PhoneFields } from './phone-fields.tsx';

const LEVELS = Object.entries(words.levels).map(([value, label]) => ({ value, label }));
/** More than anybody reads. */
const MOST_PARENTS = 50;

interface FieldsProps {
  readonly form: OfficeForm;
  readonly change: (form: OfficeForm) => void;
  readonly faults: FormFaults;
}

/** All that is known of an office. */
export function OfficeFields(
  props: FieldsProps & { readonly provinces: readonly string[]; readonly isNew: boolean },
) {
  const { form, change, faults, provinces, isNew } = props;
  const set = (part: Partial<OfficeForm>): void => change({ ...form, ...part });
  return (
    <>
      <TextInput
        label={words.fields.code}
        description={isNew ? words.codeHint : undefined}
        value={form.code}
        onChange={(event) => set({ code: event.currentTarget.value })}
        error={faults.code}
        readOnly={!isNew}
        variant={isNew ? 'default' : 'filled'}
        maxLength={20}
        autoComplete="off"
        data-autofocus={isNew || undefined}
      />
      <TextInput
        label={words.fields.name}
        value={form.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={faults.name}
        maxLength={150}
        data-autofocus={!isNew || undefined}
      />
      <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
        <Select
          label={words.fields.level}
          data={LEVELS}
          value={form.level}
          onChange={(level) => set({ level: (level ?? form.level) as OfficeForm['level'] })}
          error={faults.level}
          allowDeselect={false}
          miw={160}
        />
        <Autocomplete
          label={words.fields.province}
          data={[...provinces]}
          value={form.province}
          onChange={(province) => set({ province })}
          error={faults.province}
          maxLength={80}
          miw={200}
        />
      </Group>
      <Textarea
        label={words.fields.address}
        value={form.address}
        onChange={(event) => set({ address: event.currentTarget.value })}
        error={faults.address}
        maxLength={300}
        autosize
        minRows={1}
        maxRows={4}
      />
      <PhoneFields phones={form.phones} change={(phones) => set({ phones })} fault={faults.phones} />
      <TextInput
        label={words.fields.hours}
        description={words.hoursHint}
        value={form.hours}
        onChange={(event) => set({ hours: event.currentTarget.value })}
        error={faults.hours}
        maxLength={200}
      />
      <LocationFields {...props} />
      <ParentField {...props} />
      <TagsInput
        label={words.fields.aliases}
        description={words.aliasesHint}
        value={[...form.aliases]}
        onChange={(aliases) => set({ aliases })}
        error={faults.aliases}
        maxTags={30}
        acceptValueOnBlur
      />
      <Switch
        label={words.fields.active}
        description={words.activeHint}
        checked={form.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
    </>
  );
}

/** A pair that was pasted into the first field fills both. */
function LocationFields({ form, change, faults }: FieldsProps) {
  const location = readLocation(form);
  return (
    <Input.Wrapper
      label={words.fields.location}
      description={words.locationHint}
      error={faults.location}
      labelElement="div"
    >
      <Stack gap={6} mt={6}>
        <Group gap="sm" grow>
          <TextInput
            aria-label={words.latitude}
            placeholder={words.latitude}
            value={form.latitude}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              change({ ...form, ...(splitPosition(typed) ?? { latitude: typed }) });
            }}
            inputMode="decimal"
            error={faults.location !== undefined}
          />
          <TextInput
            aria-label={words.longitude}
            placeholder={words.longitude}
            value={form.longitude}
            onChange={(event) => change({ ...form, longitude: event.currentTarget.value })}
            inputMode="decimal"
            error={faults.location !== undefined}
          />
        </Group>
        {location != null && (
          <Anchor size="sm" href={mapHref({ name: form.name, location })} target="_blank" rel="noopener">
            {words.showMap}
          </Anchor>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function ParentField({ form, change, faults }: FieldsProps) {
  const { data } = useOfficeNames(true);
  const offices = (data?.offices ?? []).filter(({ code }) => code !== form.code);
  return (
    <Select
      label={words.fields.parent}
      placeholder={words.noParent}
      data={offices.map(({ code, name }) => ({ value: code, label: `${name} · ${code}` }))}
      value={form.parent}
      onChange={(parent) => change({ ...form, parent })}
      error={faults.parent}
      filter={({ options, search, limit }) =>
        options.filter((option) => isMeant(option, search)).slice(0, limit)
      }
      limit={MOST_PARENTS}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': words.noParent }}
    />
  );
}

function isMeant(option: ComboboxParsedItem, search: string): boolean {
  return 'label' in option && contains(option.label, search);
}

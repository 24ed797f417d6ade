import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import type { SpecialDay } from '../../../src/contracts/desk-settings.ts';
import { copy } from '../../copy.ts';
import { sayDone } from '../../shell/notices.ts';
import { Empty, FormFault } from '../../shell/states.tsx';
import { checkSpecialDay, mergeSpecialDays } from './duty-rules.ts';
import { ImportModal } from './import-modal.tsx';

const words = copy.duty;
const KINDS = [
  { value: 'off', label: words.off },
  { value: 'working', label: words.working },
];
const WEEKDAYS = words.weekdays.map((label, place) => ({ value: String(place + 1), label }));
const NEW_DAY: SpecialDay = { day: '', kind: 'off', name: '' };

/** Days that are unlike their weekday. */
export function SpecialDays(props: {
  readonly days: readonly SpecialDay[];
  readonly change: (days: SpecialDay[]) => void;
  readonly fault: string | null;
  readonly mayEdit: boolean;
}) {
  const { days, change, fault, mayEdit } = props;
  const [isImporting, importing] = useDisclosure();
  return (
    <Stack gap="md">
      {days.length === 0 && <Empty text={words.noSpecial} />}
      {days.length > 0 && (
        <Stack gap={0} component="ul" className="console-plain-list">
          {days.map((special, place) => (
            <SpecialDayFields
              // biome-ignore lint/suspicious/noArrayIndexKey: dates change while they are typed; fields hold no state
              key={place}
              special={special}
              fault={checkSpecialDay(special, days)}
              change={(next) => change(days.map((before, other) => (other === place ? next : before)))}
              remove={mayEdit ? () => change(days.filter((_, other) => other !== place)) : null}
            />
          ))}
        </Stack>
      )}
      <FormFault text={fault} />
      {mayEdit && (
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => change([...days, NEW_DAY])}
          >
            {words.addDay}
          </Button>
          <Button
            variant="default"
            leftSection={<IconUpload size={18} aria-hidden />}
            onClick={importing.open}
          >
            {words.import}
          </Button>
        </Group>
      )}
      <ImportModal
        isOpen={isImporting}
        close={importing.close}
        take={(added) => {
          change(mergeSpecialDays(days, added));
          sayDone(words.taken(added.length));
        }}
      />
    </Stack>
  );
}

function SpecialDayFields(props: {
  readonly special: SpecialDay;
  readonly fault: string | null;
  readonly change: (special: SpecialDay) => void;
  readonly remove: (() => void) | null;
}) {
  const { special, fault, change, remove } = props;
  const { day, kind, like, name } = special;
  return (
    <Group component="li" gap="sm" align="flex-start" className="console-line console-special-day">
      <TextInput
        type="date"
        aria-label={words.day}
        value={day}
        onChange={(event) => change({ ...special, day: event.currentTarget.value })}
        error={day !== '' && fault}
        w={160}
      />
      <Select
        aria-label={words.kind}
        data={KINDS}
        value={kind}
        onChange={(value) =>
          change(value === 'working' ? { day, name, kind: value, like: 1 } : { day, name, kind: 'off' })
        }
        allowDeselect={false}
        w={150}
      />
      {kind === 'working' && (
        <Select
          aria-label={words.like}
          data={WEEKDAYS}
          value={String(like ?? 1)}
          onChange={(value) => change({ ...special, like: Number(value) })}
          allowDeselect={false}
          leftSection={<Text size="xs">{words.likeShort}</Text>}
          leftSectionWidth={52}
          w={180}
        />
      )}
      <TextInput
        aria-label={words.dayName}
        placeholder={words.dayName}
        value={name}
        onChange={(event) => change({ ...special, name: event.currentTarget.value })}
        maxLength={100}
        flex="1 1 160px"
      />
      {remove !== null && (
        <ActionIcon variant="subtle" color="red" size="lg" onClick={remove} aria-label={words.removeDay(day)}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}

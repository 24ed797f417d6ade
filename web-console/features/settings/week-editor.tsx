import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import type { DutySettings, Shift } from '../../../src/contracts/desk-settings.ts';
import { copy } from '../../copy.ts';
import { FormFault } from '../../shell/states.tsx';
import { checkShift, readTime } from './duty-rules.ts';

const words = copy.duty;
const MOST_SHIFTS = 4;
const WORKDAYS = 5;
const NEW_SHIFT: Shift = { from: '08:00', to: '17:00' };

type Week = DutySettings['week'];

/** The shifts of every weekday, Monday first. */
export function WeekEditor(props: {
  readonly week: Week;
  readonly change: (week: Week) => void;
  readonly fault: string | null;
  readonly mayEdit: boolean;
}) {
  const { week, change, fault, mayEdit } = props;
  const copyMonday = (days: number): void =>
    change(week.map((shifts, place) => (place < days ? (week[0] ?? []) : shifts)));
  return (
    <Stack gap="md">
      <Stack gap={0} component="ul" className="console-plain-list">
        {words.weekdays.map((day, place) => (
          <Weekday
            key={day}
            day={day}
            shifts={week[place] ?? []}
            change={(shifts) => change(week.map((before, other) => (other === place ? shifts : before)))}
            mayEdit={mayEdit}
          />
        ))}
      </Stack>
      <FormFault text={fault} />
      {mayEdit && (
        <Group gap="sm">
          <Button variant="default" size="xs" onClick={() => copyMonday(WORKDAYS)}>
            {words.copyMondayWeekdays}
          </Button>
          <Button variant="default" size="xs" onClick={() => copyMonday(week.length)}>
            {words.copyMonday}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Weekday(props: {
  readonly day: string;
  readonly shifts: readonly Shift[];
  readonly change: (shifts: Shift[]) => void;
  readonly mayEdit: boolean;
}) {
  const { day, shifts, change, mayEdit } = props;
  return (
    <Group component="li" align="flex-start" gap="sm" className="console-line console-weekday">
      <Text fw={500} w={92} pt={6}>
        {day}
      </Text>
      <Stack gap={6} flex="1 1 220px">
        {shifts.length === 0 && (
          <Text c="dimmed" pt={6}>
            {words.closed}
          </Text>
        )}
        {shifts.map((shift, place) => (
          <ShiftFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a shift is its place; its fields hold no state
            key={place}
            day={day}
            number={place + 1}
            shift={shift}
            change={(next) => change(shifts.map((before, other) => (other === place ? next : before)))}
            remove={mayEdit ? () => change(shifts.filter((_, other) => other !== place)) : null}
          />
        ))}
      </Stack>
      {mayEdit && shifts.length < MOST_SHIFTS && (
        <Button
          variant="subtle"
          size="xs"
          mt={3}
          leftSection={<IconPlus size={16} aria-hidden />}
          aria-label={words.addShiftOn(day)}
          onClick={() => change([...shifts, NEW_SHIFT])}
        >
          {words.addShift}
        </Button>
      )}
    </Group>
  );
}

function ShiftFields(props: {
  readonly day: string;
  readonly number: number;
  readonly shift: Shift;
  readonly change: (shift: Shift) => void;
  readonly remove: (() => void) | null;
}) {
  const { day, number, shift, change, remove } = props;
  const fault = checkShift(shift);
  const field = (end: 'from' | 'to') => (
    <TextInput
      aria-label={words[end](day, number)}
      value={shift[end]}
      onChange={(event) => change({ ...shift, [end]: event.currentTarget.value })}
      onBlur={() => {
        const read = readTime(shift[end]);
        if (read !== shift[end]) change({ ...shift, [end]: read });
      }}
      error={fault !== null}
      inputMode="numeric"
      maxLength={5}
      w={84}
    />
  );
  return (
    <Stack gap={2}>
      <Group gap={6} wrap="nowrap">
        {field('from')}
        <Text aria-hidden>–</Text>
        {field('to')}
        {remove !== null && (
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            onClick={remove}
            aria-label={words.removeShift(day, number)}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {fault !== null && (
        <Text size="sm" c="red">
          {fault}
        </Text>
      )}
    </Stack>
  );
}

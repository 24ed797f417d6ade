import { Badge, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DutyNow, DutySettings } from '../../../src/contracts/desk-settings.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { Section } from '../../shell/section.tsx';
import { Holidays } from './holidays.tsx';
import type { SettingsEditing } from './settings-draft.ts';
import { SpecialDays } from './special-days.tsx';
import { WeekEditor } from './week-editor.tsx';

const words = copy.duty;

/** When somebody is there, on which days nobody is. */
export function DutySettingsTab(props: SettingsEditing & { readonly mayEdit: boolean }) {
  const { draft, set, faults, mayEdit } = props;
  const { duty } = draft;
  const setDuty = (part: Partial<DutySettings>): void => set({ duty: { ...duty, ...part } });
  return (
    <Stack gap="lg">
      <Section title={words.week}>
        <Now />
        <Switch
          label={words.enabled}
          description={words.enabledHint}
          checked={duty.enabled}
          onChange={(event) => setDuty({ enabled: event.currentTarget.checked })}
        />
        <WeekEditor
          week={duty.week}
          change={(week) => setDuty({ week })}
          fault={faults['settings.duty.week'] ?? null}
          mayEdit={mayEdit}
        />
      </Section>
      <Section title={words.holidays} hint={words.holidaysHint}>
        <Switch
          label={words.holidays}
          checked={duty.holidays}
          onChange={(event) => setDuty({ holidays: event.currentTarget.checked })}
        />
        {duty.holidays && <Holidays />}
      </Section>
      <Section title={words.special} hint={words.specialHint}>
        <SpecialDays
          days={duty.specialDays}
          change={(specialDays) => setDuty({ specialDays })}
          fault={faults['settings.duty.specialDays'] ?? null}
          mayEdit={mayEdit}
        />
      </Section>
    </Stack>
  );
}

/** By the settings that are in force, not those in the fields. */
function Now() {
  const { data } = useQuery({ queryKey: ['duty', 'now'], queryFn: () => api.get<DutyNow>('duty/now') });
  if (data === undefined) return null;
  const { onDuty, until, backAt } = data;
  return (
    <Badge variant="light" color={onDuty ? 'teal' : 'gray'} size="lg" className="console-badge-line">
      {words.now}:{' '}
      {onDuty ? words.onDuty(until && sayDateTime(until)) : words.offDuty(backAt && sayDateTime(backAt))}
    </Badge>
  );
}

import { ActionIcon, Group, SimpleGrid, Text } from '@mantine/core';
import IconChevronLeft from '@tabler/icons-react/icons/IconChevronLeft';
import IconChevronRight from '@tabler/icons-react/icons/IconChevronRight';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DutyYear } from '../../../src/contracts/desk-settings.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayDay } from '../../shell/dates.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { LoadFailed } from '../../shell/states.tsx';

const words = copy.duty;
const LAST_YEAR = 2099;
const FIRST_YEAR = 2000;

/** The public holidays of a year, as the desk computes them. */
export function Holidays() {
  const [year, setYear] = useState(() => new Date().getFullYear());
  const holidays = useQuery({
    queryKey: ['duty', 'holidays', year],
    queryFn: () => api.get<DutyYear>('duty/holidays', { year }),
  });
  return (
    <>
      <Group gap="xs">
        <ActionIcon
          variant="default"
          size="lg"
          disabled={year <= FIRST_YEAR}
          onClick={() => setYear(year - 1)}
          aria-label={words.earlierYear}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <Text fw={600} aria-live="polite">
          {words.year} {year}
        </Text>
        <ActionIcon
          variant="default"
          size="lg"
          disabled={year >= LAST_YEAR}
          onClick={() => setYear(year + 1)}
          aria-label={words.laterYear}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </Group>
      {holidays.isPending && <RowsSkeleton rows={3} />}
      {holidays.isError && <LoadFailed error={holidays.error} retry={() => void holidays.refetch()} />}
      {holidays.isSuccess && (
        <SimpleGrid
          cols={{ base: 1, sm: 2 }}
          spacing="md"
          verticalSpacing={6}
          component="ul"
          className="console-plain-list"
        >
          {holidays.data.holidays.map(({ day, name }) => (
            <li key={`${day} ${name}`} className="console-holiday">
              <Text component="span" size="sm" c="dimmed">
                {sayDay(day)}
              </Text>
              <span>{name}</span>
            </li>
          ))}
        </SimpleGrid>
      )}
    </>
  );
}

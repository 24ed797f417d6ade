import { NumberInput, Stack, Table, TagsInput, Text } from '@mantine/core';
import { Section } from '../../shell/section.tsx';
import { FormFault } from '../../shell/states.tsx';
import { copy } from '../tickets/copy.ts';
import { KINDS, PRIORITIES } from '../tickets/ticket-address.ts';
import type { SettingsEditing } from './settings-draft.ts';
import { hoursOf, minutesOf, setLimit, type TicketSettingsDraft } from './ticket-settings-rules.ts';

const words = copy.settings;
const TABLES = ['firstResponseMinutes', 'resolutionMinutes'] as const;
const LONGEST_HOURS = 2_920;
const MOST_CATEGORIES = 100;

/** How long tickets may take, when they are over for good, and what they are sorted by. */
export function TicketSettingsTab({ draft, set, faults }: SettingsEditing) {
  const { tickets } = draft;
  const change = (part: Partial<TicketSettingsDraft>): void => set({ tickets: { ...tickets, ...part } });
  return (
    <Stack gap="lg">
      <Section title={words.limits} hint={words.limitsHint}>
        <FormFault text={faults['settings.tickets.limits'] ?? null} />
        {TABLES.map((name) => (
          <LimitTable key={name} name={name} tickets={tickets} change={change} />
        ))}
        <NumberInput
          label={words.warnAt}
          description={words.warnAtHint}
          value={typeof tickets.warnAtShare === 'number' ? Math.round(tickets.warnAtShare * 100) : ''}
          onChange={(percent) =>
            change({ warnAtShare: typeof percent === 'number' ? percent / 100 : percent })
          }
          error={faults['settings.tickets.warnAtShare']}
          min={0}
          max={90}
          allowDecimal={false}
          maw={420}
        />
      </Section>
      <Section title={words.lifetime}>
        <NumberInput
          label={words.closeAfter}
          description={words.closeAfterHint}
          value={tickets.closeResolvedAfterDays}
          onChange={(closeResolvedAfterDays) => change({ closeResolvedAfterDays })}
          error={faults['settings.tickets.closeResolvedAfterDays']}
          min={1}
          max={365}
          allowDecimal={false}
          maw={420}
        />
        <NumberInput
          label={words.reopenDays}
          description={words.reopenDaysHint}
          value={tickets.reopenDays}
          onChange={(reopenDays) => change({ reopenDays })}
          error={faults['settings.tickets.reopenDays']}
          min={0}
          max={365}
          allowDecimal={false}
          maw={420}
        />
      </Section>
      <Section title={words.categories} hint={words.categoriesHint}>
        <TagsInput
          aria-label={words.categories}
          placeholder={words.categoriesPlaceholder}
          value={[...tickets.categories]}
          onChange={(categories) => change({ categories })}
          error={faults['settings.tickets.categories']}
          maxTags={MOST_CATEGORIES}
          acceptValueOnBlur
        />
      </Section>
    </Stack>
  );
}

interface LimitTableProps {
  readonly name: (typeof TABLES)[number];
  readonly tickets: TicketSettingsDraft;
  readonly change: (part: Partial<TicketSettingsDraft>) => void;
}

/** Kinds down, priorities across. */
function LimitTable({ name, tickets, change }: LimitTableProps) {
  const title = words.tables[name];
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        {title}
      </Text>
      <Table.ScrollContainer minWidth={480}>
        <Table verticalSpacing={6} aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.kind}</Table.Th>
              {PRIORITIES.map((priority) => (
                <Table.Th key={priority}>{copy.priorities[priority]}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {KINDS.map((kind) => (
              <Table.Tr key={kind}>
                <Table.Th scope="row">{copy.kinds[kind]}</Table.Th>
                {PRIORITIES.map((priority) => (
                  <Table.Td key={priority}>
                    <NumberInput
                      aria-label={words.cell(title, copy.kinds[kind], copy.priorities[priority])}
                      value={hoursOf(tickets.limits[kind][priority][name])}
                      onChange={(hours) =>
                        change(setLimit(tickets, [kind, priority, name], minutesOf(hours)))
                      }
                      min={0}
                      max={LONGEST_HOURS}
                      decimalScale={2}
                      decimalSeparator=","
                      hideControls
                      size="sm"
                      w={84}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

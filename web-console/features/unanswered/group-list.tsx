import { Badge, Group, Pagination, Stack, Text, UnstyledButton } from '@mantine/core';
import type { GroupRow, UnansweredPage } from '../../../src/contracts/unanswered.ts';
import { words } from './copy.ts';
import { SignalBadges } from './signal-badges.tsx';
import { Trend } from './trend.tsx';

interface GroupListProps {
  readonly page: UnansweredPage;
  readonly at: number;
  readonly turnTo: (page: number) => void;
  readonly open: string | null;
  readonly choose: (id: string) => void;
}

/** The groups of questions, the dearest first. */
export function GroupList({ page, at, turnTo, open, choose }: GroupListProps) {
  const { pages } = page;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {words.total(page.total)}
      </Text>
      <ul className="unanswered-list" aria-label={words.listTitle}>
        {page.groups.map((group) => (
          <li key={group.id}>
            <GroupItem group={group} isOpen={group.id === open} choose={() => choose(group.id)} />
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <Group justify="center" component="nav" aria-label={words.pages}>
          <Pagination
            size="sm"
            total={pages}
            value={at}
            onChange={turnTo}
            withControls={false}
            getItemProps={(number) => ({ 'aria-label': words.page(number) })}
          />
        </Group>
      )}
    </Stack>
  );
}

function GroupItem(props: {
  readonly group: GroupRow;
  readonly isOpen: boolean;
  readonly choose: () => void;
}) {
  const { head, people, signals, days, suggestions, returned, act } = props.group;
  const [best] = suggestions;
  return (
    <UnstyledButton
      className="unanswered-item"
      onClick={props.choose}
      aria-current={props.isOpen ? 'true' : undefined}
    >
      <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
        <Text fw={600} lineClamp={2} flex={1} className="console-anywhere">
          {head}
        </Text>
        <Text size="sm" className="unanswered-people">
          {words.people(people)}
        </Text>
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="sm" mt={4} align="flex-end">
        <Group gap={4}>
          {returned && (
            <Badge size="sm" color="grape" variant="light" className="unanswered-badge">
              {words.returned}
            </Badge>
          )}
          <SignalBadges signals={signals} />
        </Group>
        <Trend days={days} />
      </Group>
      <Text size="sm" c="dimmed" truncate mt={4}>
        {act !== null
          ? words.acts[act.kind](act.target?.title ?? '')
          : best === undefined
            ? words.noSuggestion
            : words.suggested(best.title, best.confidence)}
      </Text>
    </UnstyledButton>
  );
}

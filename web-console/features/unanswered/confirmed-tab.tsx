import { Button, Group, Pagination, Stack, Table, Text, TextInput, VisuallyHidden } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConfirmedRow } from '../../../src/contracts/unanswered.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { words } from './copy.ts';
import { UNANSWERED_KEY } from './unanswered-key.ts';
import { type Filters, useConfirmed } from './unanswered-queries.ts';

/** The questions that each release has to answer. */
export function ConfirmedTab(props: { readonly filters: Filters; readonly change: (part: Filters) => void }) {
  const { filters, change } = props;
  const list = useConfirmed(filters);
  const pages = list.data?.pages ?? 0;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {words.confirmedLead}
      </Text>
      <TextInput
        type="search"
        label={words.confirmedSearch}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={filters.q ?? ''}
        onChange={(event) => change({ q: event.currentTarget.value, page: '' })}
        maxLength={200}
        maw={420}
      />
      {list.isPending && <RowsSkeleton />}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && list.data.total === 0 && (
        <Empty text={filters.q ? words.confirmedNoMatch : words.confirmedNone} />
      )}
      {list.isSuccess && list.data.total > 0 && (
        <>
          <Text size="sm" c="dimmed" role="status">
            {words.confirmedTotal(list.data.total)}
          </Text>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.confirmedText}</Table.Th>
                <Table.Th visibleFrom="sm">{words.confirmedIntent}</Table.Th>
                <Table.Th visibleFrom="md">{words.confirmedBy}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{words.remove}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.data.questions.map((question) => (
                <ConfirmedLine key={question.id} question={question} />
              ))}
            </Table.Tbody>
          </Table>
          {pages > 1 && (
            <Group justify="center" component="nav" aria-label={words.pages}>
              <Pagination
                total={pages}
                value={Number(filters.page ?? 1)}
                onChange={(page) => change({ page: page === 1 ? '' : String(page) })}
                withControls={false}
                getItemProps={(number) => ({ 'aria-label': words.page(number) })}
              />
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}

function ConfirmedLine({ question }: { readonly question: ConfirmedRow }) {
  const { id, text, intent, source, by, at } = question;
  const title = intent === 'none' ? words.outOfScopeName : question.title;
  const mayHandle = useSession().may('unanswered.handle');
  const cache = useQueryClient();
  const removal = useMutation({
    mutationFn: () => api.delete(`curation/confirmed/${id}`),
    onSuccess() {
      sayDone(words.removed);
      void cache.invalidateQueries({ queryKey: [...UNANSWERED_KEY] });
    },
    onError: sayFailed,
  });
  const remove = async (): Promise<void> => {
    const agreed = await confirmAct({
      title: words.removeTitle,
      text: words.removeText(text),
      act: words.remove,
    });
    if (agreed) removal.mutate();
  };
  return (
    <Table.Tr>
      <Table.Td>
        <Text className="console-anywhere">{text}</Text>
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          {title}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{title}</Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm">{by.name}</Text>
        <Text size="xs" c="dimmed">
          {words.confirmedSource[source]} · {sayDateTime(at)}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        {mayHandle && (
          <Button
            size="compact-sm"
            variant="default"
            loading={removal.isPending}
            onClick={() => void remove()}
            aria-label={words.removeNamed(text)}
          >
            {words.remove}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

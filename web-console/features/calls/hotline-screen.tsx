import { Alert, Button, Center, Group, Text } from '@mantine/core';
import IconPhonePlus from '@tabler/icons-react/icons/IconPhonePlus';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { CallRow } from '../../../src/contracts/calls.ts';
import { api, isApiError } from '../../api.ts';
import { sayFailed } from '../../shell/notices.ts';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { CallFilterBar, useCallFilters } from './call-filters.tsx';
import { useCallLog, useCallUpdates, useOwnNote } from './call-queries.ts';
import { CallSheet } from './call-sheet.tsx';
import { CallTable } from './call-table.tsx';
import { nameOfCaller } from './call-words.ts';
import { callCopy as words } from './copy.ts';
import { RecordModal } from './record-modal.tsx';

/** The log of calls, newest first; one of them beside it. */
export function HotlineScreen() {
  const { filters, change } = useCallFilters();
  const { id } = useParams();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { take, keepNumber } = useCallUpdates();
  const [isRecording, setRecording] = useState(false);
  const log = useCallLog(filters);
  const own = useOwnNote();
  const calls = log.data?.pages.flatMap((page) => page.calls) ?? [];
  const isFiltered = Object.keys(filters).length > 0;

  const open = (call: string | null): void => {
    const search = query.toString();
    navigate({ pathname: call === null ? '/hotline' : `/hotline/${call}`, search });
  };
  const begin = (call: CallRow): void => {
    take(call);
    setRecording(false);
    open(call.id);
  };
  const beginKnowing = (call: CallRow, number: string): void => {
    keepNumber(call.id, number);
    begin(call);
  };
  const callBack = useMutation({
    mutationFn: (call: CallRow) => api.post<CallRow>('calls', { direction: 'outbound', calledBack: call.id }),
    onSuccess: begin,
    onError(error, { conversation }) {
      // Without a number the conversation is the way back.
      if (isApiError(error) && error.code === 'number_unknown' && conversation !== null)
        navigate(`/inbox/${conversation}`);
      sayFailed(error);
    },
  });
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Group gap="sm">
          <Button variant="default" component={Link} to="/tickets?view=callbacks">
            {words.callbacks}
          </Button>
          <Button
            leftSection={<IconPhonePlus size={18} aria-hidden />}
            onClick={() => setRecording(true)}
            disabled={own !== null}
          >
            {words.record.act}
          </Button>
        </Group>
      }
    >
      {own !== null && own.id !== id && (
        <Alert color="teal" role="status">
          <Group justify="space-between" gap="sm">
            <Text>{words.record.running(nameOfCaller(own))}</Text>
            <Button size="compact-md" variant="default" onClick={() => open(own.id)}>
              {words.record.resume}
            </Button>
          </Group>
        </Alert>
      )}
      <CallFilterBar filters={filters} change={change} missed={log.data?.pages[0]?.missed ?? 0} />
      {log.isPending && <RowsSkeleton rows={8} />}
      {log.isSuccess && calls.length === 0 && <Empty text={isFiltered ? words.emptyFiltered : words.empty} />}
      {calls.length > 0 && <CallTable calls={calls} open={open} callBack={callBack.mutate} />}
      {log.isError && (
        <LoadFailed
          error={log.error}
          retry={() => void (calls.length > 0 ? log.fetchNextPage() : log.refetch())}
        />
      )}
      {log.hasNextPage && !log.isError && (
        <Center>
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {words.more}
          </Button>
        </Center>
      )}
      {isRecording && <RecordModal close={() => setRecording(false)} onStarted={beginKnowing} />}
      {id !== undefined && <CallSheet key={id} id={id} close={() => open(null)} />}
    </Page>
  );
}

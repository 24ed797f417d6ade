import { Alert, Button, Checkbox, Progress, Stack, Text } from '@mantine/core';
import IconStethoscope from '@tabler/icons-react/icons/IconStethoscope';
import { useState } from 'react';
import type { DoctorView } from '../../../src/contracts/corpus-doctor.ts';
import { useSession } from '../../session.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { CurationPage } from '../curation/curation-page.tsx';
import { words } from './copy.ts';
import { useDoctor, useExamination, usePhraseFix } from './doctor-queries.ts';
import { DoctorReportView } from './doctor-report-view.tsx';

/** What is amiss in the corpus that answers. */
export function DoctorScreen() {
  const mayEdit = useSession().may('corpus.edit');
  const doctor = useDoctor();
  const examination = useExamination();
  const phrase = usePhraseFix();
  const [pages, setPages] = useState(false);
  const view = doctor.data;
  const isRunning = view?.state === 'running';
  return (
    <CurationPage
      title={words.title}
      lead={words.lead}
      actions={
        mayEdit && (
          <>
            <Checkbox
              label={words.pages}
              checked={pages}
              onChange={(event) => setPages(event.currentTarget.checked)}
              disabled={isRunning}
            />
            <Button
              leftSection={<IconStethoscope size={18} aria-hidden />}
              onClick={() => examination.mutate(pages)}
              loading={examination.isPending || isRunning}
            >
              {view?.report == null ? words.begin : words.again}
            </Button>
          </>
        )
      }
    >
      {doctor.isPending && <RowsSkeleton />}
      {doctor.isError && <LoadFailed error={doctor.error} retry={() => void doctor.refetch()} />}
      {view !== undefined && (
        <Stack gap="lg">
          <Standing view={view} />
          {view.report === null ? (
            view.state === 'none' && <Empty text={words.never} />
          ) : (
            <DoctorReportView
              key={view.report.at}
              report={view.report}
              fix={mayEdit ? phrase.mutateAsync : null}
            />
          )}
        </Stack>
      )}
    </CurationPage>
  );
}

function Standing({
  view: { state, step, progress, problem, report, outdated },
}: {
  readonly view: DoctorView;
}) {
  return (
    <>
      {state === 'running' && step !== null && (
        <Stack gap={6} role="status">
          <Text size="sm">{words.progress(words.steps[step], progress)}</Text>
          <Progress value={Math.round(progress * 100)} aria-label={words.steps[step]} animated />
        </Stack>
      )}
      {state === 'failed' && (
        <Alert color="red" role="alert">
          {words.failed(problem ?? '')}
        </Alert>
      )}
      {report !== null && (
        <Text size="sm" c="dimmed">
          {words.lastRun(
            sayDateTime(report.at),
            report.phrases,
            report.entries,
            Math.max(1, Math.round(report.tookMs / 1_000)),
          )}
        </Text>
      )}
      {outdated && <Alert color="yellow">{words.outdated}</Alert>}
    </>
  );
}

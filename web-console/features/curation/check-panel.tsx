import { Alert, Button, Checkbox, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CheckView } from '../../../src/contracts/corpus-releases.ts';
import type { DraftView } from '../../../src/contracts/curation.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Section } from '../../shell/section.tsx';
import { LoadFailed } from '../../shell/states.tsx';
import { CheckReportView } from './check-report.tsx';
import { useCheck, useCurationReload } from './curation-queries.ts';
import { isOver } from './draft-rules.ts';
import { PublishModal } from './publish-modal.tsx';
import { words } from './release-copy.ts';

const { check: says, publish } = words;
/** Of a hundred: a bar that has just begun is seen. */
const LEAST_SEEN = 3;

/** Whether a draft may go live, and sending it there. */
export function CheckPanel({ draft }: { readonly draft: DraftView }) {
  const { may } = useSession();
  const check = useCheck(draft.id);
  const [isPublishing, setPublishing] = useState(false);
  /** The release that it has just become. */
  const [published, setPublished] = useState<number | null>(null);
  if (check.isPending) return <RowsSkeleton rows={3} />;
  if (check.isError && check.data === undefined)
    return <LoadFailed error={check.error} retry={() => void check.refetch()} />;
  const view = check.data;
  const isReady = view.state === 'done' && !view.outdated && view.report !== null;
  const needsMending = draft.problems.length > 0 || draft.list.some(({ conflict }) => conflict);
  const mayPublish = may('corpus.publish') && !isOver(draft);
  return (
    <Stack gap="md">
      {published !== null && (
        <Alert color="teal" role="status">
          {publish.done(published)} <Link to="/curation/releases">{publish.toRelease}</Link>
        </Alert>
      )}
      <Section title={says.title} hint={says.lead}>
        {!isOver(draft) && may('corpus.edit') && <CheckStart draft={draft} view={view} />}
        {view.state === 'running' && <Running view={view} />}
        {view.state === 'failed' && (
          <Alert color="red" title={says.failed} role="alert">
            {view.problem}
          </Alert>
        )}
        {view.report !== null && view.outdated && <Alert color="yellow">{says.outdated}</Alert>}
        {view.report !== null && <CheckReportView report={view.report} />}
      </Section>
      {mayPublish && (
        <Group gap="sm">
          <Button onClick={() => setPublishing(true)} disabled={!isReady || needsMending}>
            {publish.act}
          </Button>
          {!isReady && (
            <Text size="sm" c="dimmed">
              {publish.needsCheck}
            </Text>
          )}
          {isReady && needsMending && (
            <Text size="sm" c="var(--mantine-color-error)">
              {publish.needsMending}
            </Text>
          )}
        </Group>
      )}
      {isPublishing && view.report !== null && (
        <PublishModal
          draft={draft}
          report={view.report}
          close={() => setPublishing(false)}
          published={setPublished}
        />
      )}
    </Stack>
  );
}

function CheckStart({ draft, view }: { readonly draft: DraftView; readonly view: CheckView }) {
  const [isCalibrating, setCalibrating] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const reload = useCurationReload();
  const isRunning = view.state === 'running';
  async function start(): Promise<void> {
    setBusy(true);
    try {
      await api.post(`curation/drafts/${draft.id}/check`, { calibrate: isCalibrating });
      await reload();
    } finally {
      setBusy(false);
    }
  }
  return (
    <Group gap="md">
      <Button
        variant={view.report === null || view.outdated ? 'filled' : 'default'}
        onClick={() => void start().catch(sayFailed)}
        loading={isBusy}
        disabled={isRunning}
      >
        {view.report === null ? says.run : says.again}
      </Button>
      <Checkbox
        label={says.calibrate}
        checked={isCalibrating}
        onChange={(event) => setCalibrating(event.currentTarget.checked)}
        disabled={isRunning}
      />
    </Group>
  );
}

function Running({ view: { step, progress } }: { readonly view: CheckView }) {
  return (
    <Stack gap="xs">
      <Progress.Root size="xl">
        <Progress.Section value={Math.max(LEAST_SEEN, progress * 100)} aria-label={says.progress} animated />
      </Progress.Root>
      <Text size="sm" role="status">
        {step === null ? says.waiting : says.steps[step]}… {says.sure(progress)}
      </Text>
    </Stack>
  );
}

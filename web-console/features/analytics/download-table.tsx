import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useState } from 'react';
import type { AnalyticsTable } from '../../../src/contracts/analytics.ts';
import { addressOf, createApiError, readError } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { type Address, rangeOf } from './analytics-address.ts';
import { words } from './copy.ts';

/** The table as a file for spreadsheets. */
export function DownloadTable(props: {
  readonly table: AnalyticsTable;
  readonly label: string;
  readonly address: Address;
}) {
  const { table, label, address } = props;
  const mayExport = useSession().may('analytics.export');
  const [isRunning, setRunning] = useState(false);
  if (!mayExport) return null;
  const run = async (): Promise<void> => {
    setRunning(true);
    try {
      sayDone(words.downloaded(await download(table, address)));
    } catch (error) {
      sayFailed(error);
    } finally {
      setRunning(false);
    }
  };
  return (
    <Button
      variant="default"
      size="compact-sm"
      className="analytics-no-print"
      leftSection={<IconDownload size={16} aria-hidden />}
      aria-label={words.download(label)}
      loading={isRunning}
      onClick={() => void run()}
    >
      {words.downloadShort}
    </Button>
  );
}

/** Not a plain link: a link would put a failure into a file. @returns the name of the file */
async function download(table: AnalyticsTable, address: Address): Promise<string> {
  const query = { ...rangeOf(address), table, intent: address.intent };
  const response = await fetch(addressOf('analytics/export', query)).catch(() => {
    throw createApiError('offline', copy.failures.offline);
  });
  if (!response.ok) throw await readError(response);
  const named = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const name = named ?? `thong-ke-${table}.csv`;
  const file = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement('a'), { href: file, download: name }).click();
  // The browser has begun to take it by then.
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
  return name;
}

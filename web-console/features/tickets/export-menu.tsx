import { ActionIcon, Menu } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useState } from 'react';
import { addressOf, createApiError, readError } from '../../api.ts';
import { copy as shell } from '../../copy.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { copy } from './copy.ts';
import { queryOf, type TicketAddress } from './ticket-address.ts';

const words = copy.export;
type Format = 'csv' | 'xlsx';

/** The filtered rows as a file. */
export function ExportMenu({ address }: { readonly address: TicketAddress }) {
  const [isRunning, setRunning] = useState(false);
  const run = async (format: Format): Promise<void> => {
    setRunning(true);
    try {
      sayDone(words.done(await downloadRows(address, format)));
    } catch (error) {
      sayFailed(error);
    } finally {
      setRunning(false);
    }
  };
  const label = isRunning ? words.running : words.menu;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={label} title={label} loading={isRunning}>
          <IconDownload size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void run('csv')}>{words.csv}</Menu.Item>
        <Menu.Item onClick={() => void run('xlsx')}>{words.xlsx}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Not a plain link: a link would put a failure into a file. @returns the name of the file */
async function downloadRows(address: TicketAddress, format: Format): Promise<string> {
  const { sort: _, ...filter } = queryOf(address);
  const response = await fetch(addressOf('tickets/export', { ...filter, format })).catch(() => {
    throw createApiError('offline', shell.failures.offline);
  });
  if (!response.ok) throw await readError(response);
  const name =
    /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? `phieu.${format}`;
  const file = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: file, download: name });
  link.click();
  // The browser has begun to take it by then.
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
  return name;
}

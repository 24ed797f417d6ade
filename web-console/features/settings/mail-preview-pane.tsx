import { Paper, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { MailDraft } from '../../../src/contracts/mail.ts';
import { FormFault } from '../../shell/states.tsx';
import { mailCopy as words } from './mail-copy.ts';
import { useMailPreview } from './mail-queries.ts';

const PAUSE_MS = 300;
const LEAST_HEIGHT = 200;
/** Its links open nothing here. */
const HARMLESS = '<head><base target="_blank">';

/** The mail as the desk will write it, in a frame that runs nothing. */
export function MailPreviewPane({ draft }: { readonly draft: MailDraft }) {
  const [settled] = useDebouncedValue(draft, PAUSE_MS);
  const preview = useMailPreview(settled);
  const [height, setHeight] = useState(LEAST_HEIGHT);
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {words.preview}{' '}
        <Text span size="sm" c="dimmed" fw={400}>
          {words.previewHint}
        </Text>
      </Text>
      <FormFault text={preview.error?.message ?? null} />
      {preview.data && (
        <Paper withBorder className="console-mail">
          <Text fw={600} p="sm" className="console-anywhere">
            {preview.data.subject}
          </Text>
          <iframe
            title={words.previewFrame}
            // It may be measured; scripts and forms stay off.
            sandbox="allow-same-origin"
            srcDoc={preview.data.html.replace('<head>', HARMLESS)}
            height={height}
            onLoad={({ currentTarget }) =>
              setHeight(Math.max(LEAST_HEIGHT, currentTarget.contentDocument?.body.scrollHeight ?? 0))
            }
          />
        </Paper>
      )}
    </Stack>
  );
}

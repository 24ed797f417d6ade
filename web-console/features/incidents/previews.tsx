/** What contacts see, as the chat shows it. */
import { Paper, Stack, Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconInfoCircle from '@tabler/icons-react/icons/IconInfoCircle';
import type { BannerLevel, PinnedAnswer } from '../../../src/contracts/incidents.ts';
import { MarkdownView } from '../conversations/markdown-view.tsx';
import { words } from './copy.ts';

export function BannerPreview({ text, level }: { readonly text: string; readonly level: BannerLevel }) {
  const Icon = level === 'warning' ? IconAlertTriangle : IconInfoCircle;
  return (
    <div className="incident-banner" data-level={level}>
      <Icon size={20} aria-hidden />
      <Text size="sm" className="console-lines">
        {text}
      </Text>
    </div>
  );
}

export function AnswerPreview({ markdown, place }: PinnedAnswer) {
  return (
    <Paper withBorder p="sm" className="incident-answer">
      <Stack gap="xs">
        <Text size="sm" fw={700}>
          {words.form.previewNotice}
        </Text>
        <MarkdownView markdown={markdown} />
        {place === 'above' && (
          <>
            <Text size="sm" fw={700}>
              {words.form.previewUsual}
            </Text>
            <Text size="sm" c="dimmed">
              …
            </Text>
          </>
        )}
      </Stack>
    </Paper>
  );
}

import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { MailKind, MailTemplate, MailTemplateGuide, MailVariable } from '../../../src/contracts/mail.ts';
import { api, isApiError } from '../../api.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { mailCopy as words } from './mail-copy.ts';
import { MailPreviewPane } from './mail-preview-pane.tsx';
import { findUnknown } from './mail-rules.ts';

/** Subject and body of one kind of mail, and how they will look. */
export function MailTemplateEditor(props: {
  readonly kind: MailKind;
  readonly template: MailTemplate;
  readonly change: (template: MailTemplate) => void;
  readonly signature: string;
  readonly guide: MailTemplateGuide;
  readonly mayEdit: boolean;
}) {
  const { kind, template, change, signature, guide, mayEdit } = props;
  const { subject, body } = template;
  const known = guide.variables[kind];
  const fields = {
    subject: useRef<HTMLInputElement>(null),
    body: useRef<HTMLTextAreaElement>(null),
  };
  /** Variables go where the caret was last. */
  const [last, setLast] = useState<keyof MailTemplate>('body');
  const [isTesting, setTesting] = useState(false);
  const draft = { kind, subject, body, signature };
  const original = guide.defaults.templates[kind];

  function insert(variable: MailVariable): void {
    const field = fields[last].current;
    const text = template[last];
    const from = field?.selectionStart ?? text.length;
    const to = field?.selectionEnd ?? text.length;
    change({ ...template, [last]: `${text.slice(0, from)}{${variable}}${text.slice(to)}` });
    const caret = from + variable.length + 2;
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(caret, caret);
    });
  }

  async function test(): Promise<void> {
    setTesting(true);
    try {
      await api.post('mail/test', draft);
      sayDone(words.tested);
    } catch (error) {
      const reason = isApiError(error) && error.code === 'mail_not_sent' ? error.details.join(' ') : '';
      sayFailed(reason === '' ? error : new Error(`${(error as Error).message} ${reason}`));
    } finally {
      setTesting(false);
    }
  }

  const faultIn = (text: string): string | null => {
    const unknown = findUnknown(known, text);
    return unknown.length === 0 ? null : words.unknown(unknown);
  };
  return (
    <Stack gap="md">
      <TextInput
        ref={fields.subject}
        label={words.subject}
        value={subject}
        onChange={(event) => change({ subject: event.currentTarget.value, body })}
        onFocus={() => setLast('subject')}
        error={faultIn(subject)}
        maxLength={200}
      />
      <Textarea
        ref={fields.body}
        label={words.body}
        value={body}
        onChange={(event) => change({ subject, body: event.currentTarget.value })}
        onFocus={() => setLast('body')}
        error={faultIn(body)}
        autosize
        minRows={6}
        maxRows={20}
        maxLength={5_000}
      />
      {mayEdit && (
        <>
          <Group gap="xs">
            <Text size="sm">{words.insert}</Text>
            {known.map((variable) => (
              <Button
                key={variable}
                variant="light"
                size="compact-sm"
                title={`{${variable}}`}
                onClick={() => insert(variable)}
              >
                {words.variables[variable]}
              </Button>
            ))}
          </Group>
          <Group gap="sm">
            <Button
              variant="default"
              onClick={() => change(original)}
              disabled={subject === original.subject && body === original.body}
            >
              {words.reset}
            </Button>
            <Button
              variant="default"
              onClick={() => void test()}
              loading={isTesting}
              disabled={!guide.isConfigured}
            >
              {words.test}
            </Button>
          </Group>
        </>
      )}
      <MailPreviewPane draft={draft} />
    </Stack>
  );
}

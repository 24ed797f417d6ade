import { Alert, Select, Stack, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { MailKind, MailSettings, MailTemplate } from '../../../src/contracts/mail.ts';
import { useSession } from '../../session.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Section } from '../../shell/section.tsx';
import { FormFault, LoadFailed } from '../../shell/states.tsx';
import { mailCopy as words } from './mail-copy.ts';
import { useMailGuide } from './mail-queries.ts';
import { CONTACT_KINDS, STAFF_KINDS } from './mail-rules.ts';
import { MailStateSection } from './mail-state.tsx';
import { MailTemplateEditor } from './mail-template-editor.tsx';
import type { SettingsEditing } from './settings-draft.ts';

/** Which mails the desk writes, how they read, and whether they leave. */
export function MailSettingsTab(props: SettingsEditing & { readonly mayEdit: boolean }) {
  const { draft, set, faults, mayEdit } = props;
  const { mail } = draft;
  const guide = useMailGuide();
  const mayManage = useSession().may('mail.manage');
  const [kind, setKind] = useState<MailKind>('receipt');
  const setMail = (part: Partial<MailSettings>): void => set({ mail: { ...mail, ...part } });
  const setTemplate = (template: MailTemplate): void =>
    setMail({ templates: { ...mail.templates, [kind]: template } });
  const optionOf = (value: MailKind) => ({
    value,
    label: mail.enabled[value] ? words.kinds[value] : words.kindOff(words.kinds[value]),
  });
  return (
    <Stack gap="lg">
      {mayManage && <MailStateSection />}
      {!mayManage && guide.data?.isConfigured === false && (
        <Alert color="yellow">{words.notConfigured}</Alert>
      )}
      <Section title={words.templates} hint={words.templatesHint}>
        <Select
          label={words.kind}
          data={[
            { group: words.toContacts, items: CONTACT_KINDS.map(optionOf) },
            { group: words.toStaff, items: STAFF_KINDS.map(optionOf) },
          ]}
          value={kind}
          onChange={(value) => value !== null && setKind(value as MailKind)}
          allowDeselect={false}
          maw={420}
        />
        <Switch
          label={words.enabled}
          checked={mail.enabled[kind]}
          onChange={(event) => setMail({ enabled: { ...mail.enabled, [kind]: event.currentTarget.checked } })}
        />
        {guide.isPending && <RowsSkeleton />}
        {guide.isError && <LoadFailed error={guide.error} retry={() => void guide.refetch()} />}
        {guide.data && (
          <MailTemplateEditor
            key={kind}
            kind={kind}
            template={mail.templates[kind]}
            change={setTemplate}
            signature={mail.signature}
            guide={guide.data}
            mayEdit={mayEdit}
          />
        )}
        <FormFault text={faults['settings.mail.templates'] ?? null} />
      </Section>
      <Section title={words.signature} hint={words.signatureHint}>
        <Textarea
          aria-label={words.signature}
          value={mail.signature}
          onChange={(event) => setMail({ signature: event.currentTarget.value })}
          error={faults['settings.mail.signature']}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={1_000}
        />
      </Section>
    </Stack>
  );
}

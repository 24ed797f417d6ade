import { Alert, Button, Group, Paper, Stack, Tabs, Text } from '@mantine/core';
import { useSearchParams } from 'react-router';
import type { DeskSettingsView } from '../../../src/contracts/desk-settings.ts';
import { copy } from '../../copy.ts';
import { useShortcut } from '../../keyboard.tsx';
import { useSession } from '../../session.tsx';
import { sayFailed } from '../../shell/notices.ts';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { FormFault, LoadFailed } from '../../shell/states.tsx';
import { AnalyticsSettingsTab } from './analytics-settings-tab.tsx';
import { AssignmentSettings } from './assignment-settings.tsx';
import { CurationSettings } from './curation-settings.tsx';
import { DutySettingsTab } from './duty-settings-tab.tsx';
import { MailSettingsTab } from './mail-settings-tab.tsx';
import { RetentionSettingsTab } from './retention-settings-tab.tsx';
import { type SettingsField, useSettings, useSettingsEditing } from './settings-draft.ts';
import { TicketSettingsTab } from './ticket-settings-tab.tsx';
import { useUnsavedGuard } from './unsaved-guard.ts';
import { WordSettings } from './word-settings.tsx';

const words = copy.settings;
const TABS = ['desk', 'words', 'duty', 'tickets', 'mail', 'analytics', 'retention'] as const;
type TabName = (typeof TABS)[number];

/** What holds for the whole desk. */
export function SettingsScreen() {
  const mayEdit = useSession().may('settings.edit');
  const settings = useSettings();
  return (
    <Page title={words.title} {...(mayEdit ? {} : { lead: words.readOnly })} width={900}>
      {settings.isPending && <RowsSkeleton />}
      {settings.isError && !settings.data && (
        <LoadFailed error={settings.error} retry={() => void settings.refetch()} />
      )}
      {settings.data && <SettingsEditor current={settings.data} mayEdit={mayEdit} />}
    </Page>
  );
}

function SettingsEditor({
  current,
  mayEdit,
}: {
  readonly current: DeskSettingsView;
  readonly mayEdit: boolean;
}) {
  const editing = useSettingsEditing(current);
  const { isDirty, isBusy, isOutdated, fault, save, discard, reload } = editing;
  const [query, setQuery] = useSearchParams();
  const tab = TABS.find((name) => name === query.get('tab')) ?? 'desk';
  const open = (name: TabName): void => setQuery({ tab: name }, { replace: true });
  useUnsavedGuard(isDirty);
  useShortcut({
    keys: 'mod+s',
    label: copy.actions.save,
    run: () => void saveAll(),
    when: mayEdit && isDirty,
  });

  async function saveAll(): Promise<void> {
    const field = await save();
    if (field !== null && field !== 'form') open(tabOf(field));
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void saveAll();
      }}
      noValidate
    >
      <Stack gap="lg">
        <Tabs value={tab} onChange={(name) => open((name ?? 'desk') as TabName)} keepMounted={false}>
          <Tabs.List>
            {TABS.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {words.tabs[name]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <fieldset disabled={!mayEdit} className="console-fieldset">
            <Tabs.Panel value="desk" pt="lg">
              <Stack gap="lg">
                <AssignmentSettings {...editing} />
                <CurationSettings {...editing} />
              </Stack>
            </Tabs.Panel>
            <Tabs.Panel value="words" pt="lg">
              <WordSettings {...editing} />
            </Tabs.Panel>
            <Tabs.Panel value="duty" pt="lg">
              <DutySettingsTab {...editing} mayEdit={mayEdit} />
            </Tabs.Panel>
            <Tabs.Panel value="mail" pt="lg">
              <MailSettingsTab {...editing} mayEdit={mayEdit} />
            </Tabs.Panel>
            <Tabs.Panel value="analytics" pt="lg">
              <AnalyticsSettingsTab {...editing} />
            </Tabs.Panel>
            <Tabs.Panel value="retention" pt="lg">
              <RetentionSettingsTab {...editing} />
            </Tabs.Panel>
            <Tabs.Panel value="tickets" pt="lg">
              <TicketSettingsTab {...editing} />
            </Tabs.Panel>
          </fieldset>
        </Tabs>
        {isOutdated ? (
          <Alert color="yellow" title={words.conflict} role="alert">
            <Stack gap="sm" align="flex-start">
              <Text size="sm">{words.conflictText}</Text>
              <Button variant="default" onClick={() => void reload().catch(sayFailed)}>
                {words.reload}
              </Button>
            </Stack>
          </Alert>
        ) : (
          <FormFault text={fault} />
        )}
        {isDirty && (
          <Paper withBorder shadow="md" p="sm" className="console-save-bar" role="status">
            <Group justify="space-between" gap="sm">
              <Text fw={500}>{words.unsaved}</Text>
              <Group gap="sm">
                <Button variant="default" onClick={discard} disabled={isBusy}>
                  {words.discard}
                </Button>
                <Button type="submit" loading={isBusy}>
                  {copy.actions.save}
                </Button>
              </Group>
            </Group>
          </Paper>
        )}
      </Stack>
    </form>
  );
}

function tabOf(field: SettingsField): TabName {
  if (field.startsWith('settings.duty.')) return 'duty';
  if (field.startsWith('settings.mail.')) return 'mail';
  if (field.startsWith('settings.tickets.')) return 'tickets';
  if (field.startsWith('settings.analytics.')) return 'analytics';
  if (field.startsWith('settings.retention.')) return 'retention';
  return ['settings.agentGraceSeconds', 'settings.reopenHours'].includes(field) ? 'desk' : 'words';
}

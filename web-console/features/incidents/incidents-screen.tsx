import { Button, Stack, Text } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useState } from 'react';
import type { IncidentList, IncidentView, SuspicionView } from '../../../src/contracts/incidents.ts';
import { api } from '../../api.ts';
import { useShortcut } from '../../keyboard.tsx';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Section } from '../../shell/section.tsx';
import { LoadFailed } from '../../shell/states.tsx';
import { words } from './copy.ts';
import { ActiveIncident, EndedIncident } from './incident-card.tsx';
import { type Edited, IncidentEditor } from './incident-editor.tsx';
import { useIncidents, useReloadIncidents } from './incident-queries.ts';
import { SuspicionCard } from './suspicion-card.tsx';
import { TellDialog } from './tell-dialog.tsx';

/** What many people ask at once, and what the desk says to it. Supervisors act, the others look. */
export function IncidentsScreen() {
  const mayManage = useSession().may('incidents.manage');
  const list = useIncidents();
  const reload = useReloadIncidents();
  const [edited, setEdited] = useState<Edited | null>(null);
  const [telling, setTelling] = useState<IncidentView | null>(null);
  const create = (): void => setEdited({ kind: 'new', suspicion: null });
  useShortcut({ keys: 'n', label: words.create, run: create, when: mayManage });

  async function dismiss({ id }: SuspicionView): Promise<void> {
    const { dismissTitle: title, dismissText: text, dismiss: act } = words.suspicions;
    if (!(await confirmAct({ title, text, act }))) return;
    await api.post(`incidents/suspicions/${id}/dismiss`);
    sayDone(words.suspicions.dismissed);
    reload();
  }
  /** Who ended one is asked at once whether to tell people. */
  async function end({ id, title }: IncidentView): Promise<void> {
    const { endTitle, endText, end: act } = words.active;
    if (!(await confirmAct({ title: endTitle, text: endText(title), act }))) return;
    const ended = await api.post<IncidentView>(`incidents/${id}/end`);
    sayDone(words.active.ended);
    reload();
    if (ended.touched > 0 && ended.told === null) setTelling(ended);
  }

  return (
    <Page
      title={words.title}
      lead={words.lead}
      width={900}
      actions={
        mayManage && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={create}>
            {words.create}
          </Button>
        )
      }
    >
      {list.isPending && <RowsSkeleton />}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && (
        <Incidents
          list={list.data}
          acts={
            mayManage
              ? {
                  open: (suspicion) => setEdited({ kind: 'new', suspicion }),
                  dismiss: (suspicion) => void dismiss(suspicion).catch(sayFailed),
                  edit: (incident) => setEdited({ kind: 'incident', incident }),
                  end: (incident) => void end(incident).catch(sayFailed),
                  tell: setTelling,
                }
              : null
          }
        />
      )}
      <IncidentEditor edited={edited} close={() => setEdited(null)} saved={reload} />
      <TellDialog incident={telling} close={() => setTelling(null)} told={reload} />
    </Page>
  );
}

interface Acts {
  readonly open: (suspicion: SuspicionView) => void;
  readonly dismiss: (suspicion: SuspicionView) => void;
  readonly edit: (incident: IncidentView) => void;
  readonly end: (incident: IncidentView) => void;
  readonly tell: (incident: IncidentView) => void;
}

function Incidents({ list, acts }: { readonly list: IncidentList; readonly acts: Acts | null }) {
  const { suspicions, noticing, active, ended } = list;
  const now = new Date();
  return (
    <>
      <Section title={words.suspicions.title} hint={words.suspicions.hint}>
        {!noticing.isReady && (
          <Text c="dimmed">
            {words.suspicions.tooEarly(noticing.readyAt && sayDateTime(noticing.readyAt))}
          </Text>
        )}
        {noticing.isReady && suspicions.length === 0 && <Text c="dimmed">{words.suspicions.empty}</Text>}
        <Stack gap="sm" component="ul" className="console-plain-list">
          {suspicions.map((suspicion) => (
            <SuspicionCard
              key={suspicion.id}
              suspicion={suspicion}
              now={now}
              acts={acts && { open: () => acts.open(suspicion), dismiss: () => acts.dismiss(suspicion) }}
            />
          ))}
        </Stack>
      </Section>
      <Section title={words.active.title}>
        {active.length === 0 && <Text c="dimmed">{words.active.empty}</Text>}
        <Stack gap="sm" component="ul" className="console-plain-list">
          {active.map((incident) => (
            <ActiveIncident
              key={incident.id}
              incident={incident}
              now={now}
              acts={acts && { edit: () => acts.edit(incident), end: () => acts.end(incident) }}
            />
          ))}
        </Stack>
      </Section>
      <Section title={words.history.title}>
        {ended.length === 0 && <Text c="dimmed">{words.history.empty}</Text>}
        <Stack gap="sm" component="ul" className="console-plain-list">
          {ended.map((incident) => (
            <EndedIncident key={incident.id} incident={incident} tell={acts && (() => acts.tell(incident))} />
          ))}
        </Stack>
      </Section>
    </>
  );
}

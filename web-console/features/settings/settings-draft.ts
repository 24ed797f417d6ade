/** The settings while they are edited: what was read, what stands in the fields, and what is wrong with that. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeskSettings, DeskSettingsView } from '../../../src/contracts/desk-settings.ts';
import type { MailTemplateGuide } from '../../../src/contracts/mail.ts';
import { api, isApiError } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { type Submission, useSubmission } from '../../shell/submission.ts';
import { checkAnalytics } from './analytics-settings-rules.ts';
import { confirmRetention } from './confirm-retention.ts';
import { checkDuty } from './duty-rules.ts';
import { MAIL_GUIDE_KEY } from './mail-queries.ts';
import { checkMail } from './mail-rules.ts';
import { checkRetention, type RetentionDraft } from './retention-settings-rules.ts';
import { SETTINGS_KEY } from './settings-key.ts';
import { checkTickets, type TicketSettingsDraft } from './ticket-settings-rules.ts';

/** Numbers are texts while they are typed. */
export type SettingsDraft = Omit<
  DeskSettings,
  'agentGraceSeconds' | 'reopenHours' | 'tickets' | 'retention'
> & {
  readonly retention: RetentionDraft;
  readonly agentGraceSeconds: number | string;
  readonly reopenHours: number | string;
  readonly tickets: TicketSettingsDraft;
};

const FIELDS = [
  'settings.agentGraceSeconds',
  'settings.reopenHours',
  'settings.skills',
  'settings.closeReasons',
  'settings.tags',
  'settings.duty.week',
  'settings.duty.specialDays',
  'settings.mail.templates',
  'settings.mail.signature',
  'settings.tickets.limits',
  'settings.tickets.warnAtShare',
  'settings.tickets.closeResolvedAfterDays',
  'settings.tickets.reopenDays',
  'settings.tickets.categories',
  'settings.analytics.recipients',
  'settings.retention.archiveAfterDays',
  'settings.retention.deleteArchivedAfterDays',
  'settings.retention.questionDays',
  'settings.retention.sealedDays',
  'settings.retention.mailDays',
] as const;
export type SettingsField = (typeof FIELDS)[number];

export interface SettingsEditing {
  readonly draft: SettingsDraft;
  readonly set: (part: Partial<SettingsDraft>) => void;
  readonly isDirty: boolean;
  readonly isBusy: boolean;
  readonly faults: Submission<SettingsField>['faults'];
  readonly fault: string | null;
  /** Somebody else has saved since these were read. */
  readonly isOutdated: boolean;
  /** @returns null when it is saved, else the field that is to be looked at, or 'form' */
  readonly save: () => Promise<SettingsField | 'form' | null>;
  readonly discard: () => void;
  /** Takes what is in force now, and lets go of what was changed here. */
  readonly reload: () => Promise<void>;
}

export function useSettings() {
  return useQuery({ queryKey: SETTINGS_KEY, queryFn: () => api.get<DeskSettingsView>('settings') });
}

/** @param current as it was read last; a newer one is taken over while nothing has been changed */
export function useSettingsEditing(current: DeskSettingsView): SettingsEditing {
  const cache = useQueryClient();
  const [base, setBase] = useState(current);
  const [draft, setDraft] = useState<SettingsDraft>(current.settings);
  const [isOutdated, setOutdated] = useState(false);
  const { isBusy, faults, fault, submit, object } = useSubmission<SettingsField>(FIELDS, {
    duty_shift_malformed: 'settings.duty.week',
    email_malformed: 'settings.analytics.recipients',
    mail_variable_unknown: 'settings.mail.templates',
  });
  const isDirty = JSON.stringify(draft) !== JSON.stringify(base.settings);

  function take(view: DeskSettingsView): void {
    setBase(view);
    setDraft(view.settings);
    setOutdated(false);
    object({});
  }
  if (current.revision > base.revision && !isDirty && !isBusy) take(current);

  async function put(): Promise<void> {
    try {
      const saved = await api.put<DeskSettingsView>('settings', { revision: base.revision, settings: draft });
      cache.setQueryData(SETTINGS_KEY, saved);
      take(saved);
      sayDone(copy.settings.saved);
      await cache.invalidateQueries({ queryKey: ['duty'] });
    } catch (error) {
      if (isApiError(error) && error.code === 'settings_changed') setOutdated(true);
      throw error;
    }
  }

  async function mayPut(): Promise<boolean> {
    try {
      return await confirmRetention(base.settings.retention, draft.retention);
    } catch (error) {
      sayFailed(error as Error);
      return false;
    }
  }

  return {
    draft,
    set: (part) => setDraft((before) => ({ ...before, ...part })),
    isDirty,
    isBusy,
    faults,
    fault,
    isOutdated,
    async save() {
      const own = {
        ...checkDuty(draft.duty),
        ...checkMail(draft.mail, cache.getQueryData<MailTemplateGuide>(MAIL_GUIDE_KEY)),
        ...checkTickets(draft.tickets),
        ...checkAnalytics(draft.analytics),
        ...checkRetention(draft.retention),
      };
      const [first] = Object.keys(own) as SettingsField[];
      if (first !== undefined) {
        object(own);
        return first;
      }
      // Asked outside of the form's own work: an answer may take its time.
      if (!(await mayPut())) return 'form';
      return (await submit(put)) ? null : 'form';
    },
    discard: () => take(base),
    async reload() {
      take(
        await cache.fetchQuery({
          queryKey: SETTINGS_KEY,
          queryFn: () => api.get<DeskSettingsView>('settings'),
          staleTime: 0,
        }),
      );
    },
  };
}

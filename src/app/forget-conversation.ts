/** What belongs to a conversation in other rooms goes; tickets and calls stay, without their link to it. */
import type { Attachments } from '../attachments/attachments.ts';
import type { CallStore } from '../calls/call-store.ts';
import type { NotesStore } from '../conversations/notes-store.ts';
import type { Tickets } from '../tickets/tickets.ts';
import type { SealedValues } from '../vault/sealed-values.ts';
import type { AnalyticsDesk } from './analytics-desk.ts';
import type { IncidentDesk } from './incident-desk.ts';
import type { UnansweredStores } from './unanswered-desk.ts';

export interface ForgettingDeps {
  readonly ticketDesk: { readonly tickets: Pick<Tickets, 'forgetConversation'> };
  readonly unansweredStores: Pick<UnansweredStores, 'forgetConversation'>;
  readonly attachments: Pick<Attachments, 'removeOf'>;
  readonly sealedValues: Pick<SealedValues, 'removeOf'>;
  readonly notesStore: Pick<NotesStore, 'removeOf'>;
  readonly callStore: Pick<CallStore, 'forgetConversation'>;
  readonly incidentDesk: Pick<IncidentDesk, 'forgetConversation'>;
  readonly analyticsDesk: Pick<AnalyticsDesk, 'forgetConversation'>;
}

export interface Forgetting {
  /** As the contact wishes: it is not counted any more either. */
  readonly everything: (conversation: string) => Promise<void>;
  /** By its age: what was counted stays. */
  readonly allButNumbers: (conversation: string) => Promise<void>;
}

export function createForgetting(deps: ForgettingDeps): Forgetting {
  const allButNumbers = async (id: string): Promise<void> => {
    await deps.ticketDesk.tickets.forgetConversation(id);
    await deps.unansweredStores.forgetConversation(id);
    await deps.attachments.removeOf(id);
    await deps.sealedValues.removeOf(id);
    await deps.notesStore.removeOf(id);
    await deps.callStore.forgetConversation(id);
    await deps.incidentDesk.forgetConversation(id);
  };
  return {
    allButNumbers,
    async everything(id) {
      await allButNumbers(id);
      await deps.analyticsDesk.forgetConversation(id);
    },
  };
}

/** The hotline put together: voice calls on both sides' sockets, and the log of calls. */
import type { Contacts } from '../auth/contacts.ts';
import { type CallLogDeps, createCallLog } from '../calls/call-log.ts';
import type { CallStore } from '../calls/call-store.ts';
import { createCallRoutes } from '../calls/calls.routes.ts';
import { type CallSockets, type CallSocketsDeps, createCallSockets } from '../calls/calls.sockets.ts';
import { type CallsDeps, createCalls } from '../calls/calls.ts';
import type { ContactTicket, ConversationRow } from '../contracts/console.ts';
import { openedBy } from '../conversations/conversations.sockets.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { StaffRoute } from '../http/staff-route.ts';

export interface HotlineDeps
  extends Pick<CallsDeps, 'listOnDuty' | 'isStoreUp' | 'logger'>,
    Pick<CallSocketsDeps, 'iceServers' | 'isStoreAway'>,
    Pick<CallLogDeps, 'openVault' | 'audit'> {
  readonly callStore: CallStore;
  readonly contacts: Pick<Contacts, 'describe' | 'reveal'>;
  readonly conversations: Pick<Conversations, 'announce'>;
  /** As the inbox finds it. @param me the account that looks */
  readonly findByNumber: (
    number: string,
    me: string,
  ) => Promise<{
    readonly conversations: readonly ConversationRow[];
    readonly tickets: readonly ContactTicket[];
  }>;
}

export interface Hotline extends CallSockets {
  readonly routes: readonly StaffRoute[];
}

export function createHotline(deps: HotlineDeps): Hotline {
  const { callStore: store, contacts, conversations } = deps;
  const calls = createCalls({
    ...deps,
    store,
    findContactName: async (contact) => (await contacts.describe([contact])).get(contact)?.name ?? null,
    tell: conversations.announce,
  });
  const sockets = createCallSockets({ ...deps, calls, openedBy });
  const log = createCallLog({
    ...deps,
    store,
    calls,
    findNumberOf: async (contact) =>
      (await contacts.reveal(contact)).find(({ type }) => type === 'phone')?.value ?? null,
    async findByNumber(number, me) {
      const found = await deps.findByNumber(number, me);
      return {
        name: found.conversations.find(({ contactName }) => contactName !== null)?.contactName ?? null,
        conversations: found.conversations.map(({ id, contactName, contactLabel, activeAt }) => ({
          id,
          label: contactName ?? contactLabel,
          at: activeAt,
        })),
        tickets: found.tickets.map(({ code, kind, status }) => ({ code, kind, status })),
      };
    },
  });
  return {
    routes: createCallRoutes({ log }),
    commands: sockets.commands,
    serve: sockets.serve,
    async stop() {
      await sockets.stop();
      await calls.stop();
    },
  };
}

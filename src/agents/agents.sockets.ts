/** The staff's namespace, as far as presence goes. */
import { z } from 'zod';
import { type AgentOnDuty, type Person, presenceCommand } from '../contracts/console.ts';
import type { StaffMember } from '../contracts/permissions.ts';
import type { Logger } from '../kernel/logger.ts';
import {
  EVERYBODY,
  type StaffCommand,
  type StaffNamespace,
  staffCommand,
} from '../realtime/staff-namespace.ts';
import type { Presence } from './agent.ts';
import type { AgentPresence } from './presence.ts';
import type { Shift } from './shift.ts';

export interface AgentCommandsDeps {
  readonly presence: AgentPresence;
  /** As the account has it. */
  readonly getProfile: (account: string) => Promise<Person & Pick<Presence, 'capacity' | 'skills'>>;
  readonly shift: Pick<Shift, 'wake'>;
}

export function createAgentCommands({ presence, getProfile, shift }: AgentCommandsDeps): StaffCommand[] {
  return [
    staffCommand({
      name: 'desk:enter',
      permission: 'conversations.read',
      schema: z.strictObject({}),
      async perform(_body, staff) {
        const agents = await presence.listOnDuty();
        const { name, capacity, skills } = await getProfile(staff.id);
        const me: AgentOnDuty = agents.find(({ id }) => id === staff.id) ?? {
          id: staff.id,
          name,
          state: 'away',
          capacity,
          load: 0,
          skills,
        };
        return { agents, me };
      },
    }),
    staffCommand({
      name: 'presence:set',
      permission: 'conversations.handle',
      schema: presenceCommand,
      async perform({ state }, staff) {
        await presence.setState(staff.id, state);
        shift.wake();
        return null;
      },
    }),
  ];
}

/** A connection of the staff has come: whoever may handle conversations is there from now on. */
export async function enterShift(
  staff: StaffMember,
  { presence, getProfile, shift }: AgentCommandsDeps,
): Promise<void> {
  // Who supervises or administers is given conversations only after saying so.
  await presence.enter(await getProfile(staff.id), staff.role === 'agent' ? 'online' : 'away');
  shift.wake();
}

/** Something that is told when it has changed: soon, once for all changes of the moment, and now and then besides. */
export interface Telling {
  readonly changed: () => void;
  readonly stop: () => void;
}

interface TellingDeps {
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
}

function tellChanges(
  tell: () => Promise<void>,
  { soonMs, anywayMs }: { readonly soonMs: number; readonly anywayMs: number },
  { isStoreUp, logger }: TellingDeps,
): Telling {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tellNow = (): void => {
    timer = undefined;
    if (!isStoreUp()) return;
    tell().catch(({ message: reason }: Error) => logger.warn({ reason }, 'a change cannot be told now'));
  };
  const changed = (): void => {
    timer ??= setTimeout(tellNow, soonMs).unref();
  };
  const anyway = setInterval(changed, anywayMs).unref();
  return {
    changed,
    stop() {
      clearInterval(anyway);
      clearTimeout(timer);
    },
  };
}

/**
 * Tells the staff of this node who is there, when it changes; who goes without a word, or comes to another node, is seen
 * by looking again.
 */
export function tellPresence(
  namespace: StaffNamespace,
  { presence, ...deps }: TellingDeps & { readonly presence: AgentPresence },
): Telling {
  let told = '';
  const tell = async (): Promise<void> => {
    if (namespace.sockets.size === 0) return;
    const agents = await presence.listOnDuty();
    const now = JSON.stringify(agents);
    if (now === told) return;
    told = now;
    namespace.local.to(EVERYBODY).emit('agents:changed', agents);
  };
  return tellChanges(tell, { soonMs: 300, anywayMs: 5_000 }, deps);
}

/** Tells those who wait where they stand, when the queue moves; waits shrink by themselves. */
export function tellMovement(tellPlaces: () => Promise<void>, deps: TellingDeps): Telling {
  return tellChanges(tellPlaces, { soonMs: 500, anywayMs: 20_000 }, deps);
}

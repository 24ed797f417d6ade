/** The staff's namespace, as far as presence goes. */
import { z } from 'zod';
import { type AgentOnDuty, type Person, presenceCommand } from '../contracts/console.ts';
import type { Logger } from '../kernel/logger.ts';
import {
  EVERYBODY,
  type StaffCommand,
  type StaffMember,
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

/** How often at most the staff is told who is there. */
const TELL_EVERY_MS = 300;
/** Who goes without a word is seen to be gone by looking again. */
const LOOK_EVERY_MS = 5_000;

/** Tells the staff who is there, when it changes. @returns to be called at the end */
export function tellPresence(
  namespace: StaffNamespace,
  {
    presence,
    isStoreUp,
    logger,
  }: {
    readonly presence: AgentPresence;
    readonly isStoreUp: () => boolean;
    readonly logger: Logger;
  },
): { readonly changed: () => void; readonly stop: () => void } {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = async (): Promise<void> => {
    timer = undefined;
    if (!isStoreUp() || namespace.sockets.size === 0) return;
    const agents = await presence.listOnDuty();
    const now = JSON.stringify(agents);
    if (now === told) return;
    told = now;
    namespace.to(EVERYBODY).emit('agents:changed', agents);
  };
  const changed = (): void => {
    timer ??= setTimeout(
      () =>
        void tell().catch((error: Error) => logger.warn({ reason: error.message }, 'presence is not told')),
      TELL_EVERY_MS,
    ).unref();
  };
  presence.events.on('changed', changed);
  const looking = setInterval(changed, LOOK_EVERY_MS).unref();
  return {
    changed,
    stop() {
      clearInterval(looking);
      clearTimeout(timer);
    },
  };
}

/** How often at most those who wait are told where they stand, and how often when nothing moves: waits shrink by themselves. */
const MOVED_MS = 500;
const STILL_MS = 20_000;

/** Whenever the queue moves, and now and then besides, those who wait are told where they stand. */
export function createMovement(
  tellPlaces: () => Promise<void>,
  { isStoreUp, logger }: { readonly isStoreUp: () => boolean; readonly logger: Logger },
): { readonly moved: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    if (!isStoreUp()) return;
    tellPlaces().catch((error: Error) => logger.warn({ reason: error.message }, 'places cannot be told now'));
  };
  const moved = (): void => {
    timer ??= setTimeout(tell, MOVED_MS).unref();
  };
  const still = setInterval(moved, STILL_MS).unref();
  return {
    moved,
    stop() {
      clearInterval(still);
      clearTimeout(timer);
    },
  };
}

/** Somebody of the staff as the queue sees them. Types and pure rules. */
import type { Person, PresenceState } from '../contracts/console.ts';

/** What an agent's nodes keep saying in the store. */
export interface Presence extends Person {
  /** As chosen. */
  readonly state: 'online' | 'away';
  /** Conversations at a time. */
  readonly capacity: number;
  readonly skills: readonly string[];
  /** When a node last had a connection to the agent's browser. */
  readonly seenAt: Date;
  /** When the desk last gave the agent a conversation; null: never. */
  readonly assignedAt: Date | null;
}

export interface Agent extends Presence {
  /** Conversations held now. */
  readonly load: number;
}

/** Nodes say it every BEAT_MS: two signs may be lost. */
export const BEAT_MS = 10_000;
const OFFLINE_AFTER_MS = 2.5 * BEAT_MS;

export function stateOf({ state, seenAt }: Presence, now: Date): PresenceState {
  return now.getTime() - seenAt.getTime() > OFFLINE_AFTER_MS ? 'offline' : state;
}

export const isPresent = (presence: Presence, now: Date): boolean => stateOf(presence, now) === 'online';

/** May take a conversation that needs this skill; null: needs none. */
export function canServe({ skills }: Pick<Presence, 'skills'>, skill: string | null): boolean {
  return skill === null || skills.includes(skill);
}

/** How calls are put into words. */
import type { CallRow } from '../../../src/contracts/calls.ts';
import { callCopy as words } from './copy.ts';

/** The name, else the number, else what tells contacts apart. */
export function nameOfCaller({ contactName, number, contactLabel }: CallRow): string {
  return contactName ?? number ?? contactLabel ?? words.nobody;
}

/** 2:05 */
export function sayClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export const STATUS_COLORS = {
  ringing: 'sea',
  accepted: 'teal',
  ended: 'gray',
  missed: 'red',
  cancelled: 'gray',
  failed: 'orange',
} as const;

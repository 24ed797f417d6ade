/** Would this reply run into that of a colleague? */
import type { Person, StaffMessage, Viewer } from '../../../src/contracts/console.ts';

export interface Collision {
  /** sent: answered while this reply was being written; typing: is just writing. */
  readonly kind: 'sent' | 'typing';
  readonly person: Person;
}

/**
 * @param beganAfter the last message when this reply was begun
 * @param viewers the other people who have the conversation open
 */
export function findCollision(
  me: string,
  beganAfter: number,
  messages: readonly StaffMessage[],
  viewers: readonly Viewer[],
): Collision | null {
  const sent = messages.findLast(
    ({ seq, author, agent }) => seq > beganAfter && author === 'agent' && agent !== null && agent.id !== me,
  );
  if (sent?.agent) return { kind: 'sent', person: sent.agent };
  const writer = viewers.find(({ id, typing }) => typing && id !== me);
  return writer === undefined ? null : { kind: 'typing', person: writer };
}

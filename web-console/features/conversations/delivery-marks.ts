import type { StaffMessage } from '../../../src/contracts/console.ts';

export type DeliveryMark = 'sent' | 'delivered' | 'read';

/** How far the contact is with what staff wrote: at the last message of each state. */
export function marksOf(
  messages: readonly StaffMessage[],
  deliveredSeq: number,
  readSeq: number,
): ReadonlyMap<number, DeliveryMark> {
  const marks = new Map<DeliveryMark, number>();
  for (const { seq, author } of messages)
    if (author === 'agent')
      marks.set(seq <= readSeq ? 'read' : seq <= deliveredSeq ? 'delivered' : 'sent', seq);
  return new Map([...marks].map(([mark, seq]) => [seq, mark]));
}

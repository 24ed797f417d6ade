/** The same change for many tickets, some at a time. Pure but for what is handed in. */
import type { BulkResult, TicketChangeRequest } from '../../../src/contracts/tickets.ts';

/** Few enough that progress is seen, and a break leaves little undone. */
const AT_A_TIME = 20;

export interface BulkOutcome extends BulkResult {
  /** A break came before these. */
  readonly unseen: readonly string[];
  readonly failure: unknown;
}

export interface BulkDeps {
  readonly post: (codes: readonly string[], change: TicketChangeRequest) => Promise<BulkResult>;
  readonly onProgress: (seen: number) => void;
}

export async function runBulk(
  codes: readonly string[],
  change: TicketChangeRequest,
  { post, onProgress }: BulkDeps,
): Promise<BulkOutcome> {
  const done: string[] = [];
  const refused: BulkResult['refused'][number][] = [];
  for (let seen = 0; seen < codes.length; seen += AT_A_TIME) {
    onProgress(seen);
    try {
      const result = await post(codes.slice(seen, seen + AT_A_TIME), change);
      done.push(...result.done);
      refused.push(...result.refused);
    } catch (failure) {
      return { done, refused, unseen: codes.slice(seen), failure };
    }
  }
  return { done, refused, unseen: [], failure: null };
}

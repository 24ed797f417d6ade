/** A check of a draft: how far it is, or what it found. */
import type { CheckReport, CheckView } from '../contracts/corpus-releases.ts';
import type { Checked } from '../corpus/check-release.ts';

export interface Check {
  readonly draft: string;
  /** Names this run: another one begun later goes its own way. */
  readonly run: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly step: CheckView['step'];
  /** 0..1 */
  readonly progress: number;
  readonly problem: string | null;
  readonly report: CheckReport | null;
  /** What was measured anew, to be published with it. */
  readonly measured: Checked['measured'];
  /** The last sign of life. */
  readonly at: Date;
}

/** Without a sign of life for so long the node that ran it is gone. */
export const CHECK_GONE_MS = 60_000;

/** What a check is worth now: one whose node is gone has failed. */
export function presentCheck(
  check: Check | null,
  now: Date,
  { revision, live }: { readonly revision: number; readonly live: number },
): CheckView {
  if (check === null)
    return { state: 'none', step: null, progress: 0, problem: null, report: null, outdated: false };
  const isGone = check.state === 'running' && now.getTime() - check.at.getTime() > CHECK_GONE_MS;
  const { step, progress, report } = check;
  return {
    state: isGone ? 'failed' : check.state,
    step: isGone ? null : step,
    progress,
    problem: isGone ? 'Máy chủ dừng giữa chừng. Hãy chạy kiểm tra lại.' : check.problem,
    report,
    outdated: report !== null && (report.revision !== revision || report.live !== live),
  };
}

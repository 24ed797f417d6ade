/** What a fault run of several nodes came to, in words. */
import type { ClusterResult } from './run-cluster-chaos.ts';

const SHOWN_MOST = 20;

/** Everything that was wrong, each in a sentence. */
export function listWrongs({ verdict, slow, stale }: ClusterResult): string[] {
  const { lost, doubled, outOfOrder, differing, holders } = verdict;
  return [...lost, ...doubled, ...outOfOrder, ...differing, ...holders, ...stale, ...slow];
}

export function writeVerdict(result: ClusterResult): string[] {
  const { verdict, strikes, skew } = result;
  const wrongs = listWrongs(result);
  const count = (number: number): string => number.toLocaleString('en');
  const rows: [string, string][] = [
    ['messages of contacts', `${count(verdict.messages)}, ${count(verdict.acknowledged)} acknowledged`],
    [
      'messages of the staff',
      `${count(verdict.byStaff)}, ${count(verdict.acknowledgedToStaff)} acknowledged`,
    ],
    ['stored', `${count(result.stored.messages)} in ${count(result.stored.conversations)} conversations`],
    ['changes of holders', `${count(result.changes)} told, ${count(result.looks)} looks into the store`],
    ['store', result.store],
    ['networks', result.ground],
    ['clocks', skew === null ? 'right: there is no libfaketime' : `off by ${skew.join(', ')} s`],
    ['time', `${Math.round(result.seconds)} s, ${Math.round(result.chaosSeconds)} s of them with faults`],
    ['nodes that crashed', String(result.crashes)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...(wrongs.length === 0 ? [] : result.complaints.slice(-SHOWN_MOST)),
    ...wrongs.slice(0, SHOWN_MOST),
    ...(wrongs.length > SHOWN_MOST ? [`… and ${wrongs.length - SHOWN_MOST} more`] : []),
    ...tabulate(strikes),
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    [
      `${verdict.lost.length} lost`,
      `${verdict.doubled.length} doubled`,
      `${verdict.outOfOrder.length} out of order`,
      `${verdict.differing.length} differing`,
      `${verdict.holders.length} wrong holders`,
      `${result.stale.length} stale`,
      `${result.slow.length} not recovered`,
    ].join(', '),
  ];
}

/** How long it took until all was whole again after each kind of fault, alone or together with another. */
function tabulate(strikes: ClusterResult['strikes']): string[] {
  const kinds = [...new Set(strikes.flatMap((strike) => strike.kinds))].sort();
  const rows = [...kinds, 'all'].map((kind) => {
    const own = strikes.filter((strike) => kind === 'all' || strike.kinds.includes(kind));
    const took = own.map(({ recoveredMs }) => recoveredMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
    const median = took[Math.floor((took.length - 1) / 2)] ?? 0;
    return [kind, String(own.length), `${Math.round(median)}`, `${Math.round(took.at(-1) ?? 0)}`] as const;
  });
  const width = Math.max(...rows.map(([kind]) => kind.length));
  const line = ([kind, times, median, most]: readonly [string, string, string, string]): string =>
    `${kind.padEnd(width)}  ${times.padStart(5)}  ${median.padStart(9)}  ${most.padStart(9)}`;
  return [line(['whole again after', 'times', 'median ms', 'most ms']), ...rows.map(line)];
}

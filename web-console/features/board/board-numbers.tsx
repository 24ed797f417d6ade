import type { ReactNode } from 'react';
import type { Board } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { formatSpan } from '../conversations/clock.ts';
import { useNow } from '../conversations/use-now.ts';

const words = copy.board;
/** As in the lists: from here on a wait is shown in another colour. */
const LONG_WAIT_MS = 3 * 60_000;

/** The numbers that are read from across the room. */
export function BoardNumbers({
  board: { at, waiting, longestWaitMs, active, today },
}: {
  readonly board: Board;
}) {
  const span = (ms: number | null): string => (ms === null ? words.none : formatSpan(ms));
  return (
    <dl className="board-numbers">
      <BigNumber name={words.waiting}>{waiting}</BigNumber>
      <LongestWait at={at} waitMs={longestWaitMs} />
      <BigNumber name={words.active}>{active}</BigNumber>
      <BigNumber name={words.requested}>{today.requested}</BigNumber>
      <BigNumber name={words.answered}>{today.answered}</BigNumber>
      <BigNumber name={words.lost}>{today.lost}</BigNumber>
      <BigNumber name={words.closed}>{today.closed}</BigNumber>
      <BigNumber name={words.medianWait}>{span(today.medianWaitMs)}</BigNumber>
      <BigNumber name={words.medianHandling}>{span(today.medianHandlingMs)}</BigNumber>
      <BigNumber name={words.satisfaction} below={words.satisfactionOf(today.satisfactionCount)}>
        {today.satisfaction === null
          ? words.none
          : `${today.satisfaction.toLocaleString('vi-VN', { maximumFractionDigits: 1 })}/5`}
      </BigNumber>
    </dl>
  );
}

/** Goes on by itself between two readings. */
function LongestWait({ at, waitMs }: { readonly at: string; readonly waitMs: number | null }) {
  const now = useNow();
  if (waitMs === null) return <BigNumber name={words.longest}>{words.none}</BigNumber>;
  const soFarMs = waitMs + Math.max(0, now - Date.parse(at));
  return (
    <BigNumber name={words.longest} isAlarm={soFarMs >= LONG_WAIT_MS}>
      {formatSpan(soFarMs)}
    </BigNumber>
  );
}

interface BigNumberProps {
  readonly name: string;
  readonly below?: string;
  readonly isAlarm?: boolean;
  readonly children: ReactNode;
}

function BigNumber({ name, below, isAlarm = false, children }: BigNumberProps) {
  return (
    <div className="board-number" data-alarm={isAlarm}>
      <dt>{name}</dt>
      <dd>
        {children}
        {below !== undefined && <small>{below}</small>}
      </dd>
    </div>
  );
}

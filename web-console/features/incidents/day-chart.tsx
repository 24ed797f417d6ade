import { Text } from '@mantine/core';
import type { Bucket } from '../../../src/contracts/incidents.ts';
import { sayTime } from '../../shell/dates.ts';
import { words } from './copy.ts';

const STEP_MS = 5 * 60_000;
const DAY_STEPS = 288;
/** An hour: one that has just begun is no wall of one bar. What is still to come stays empty. */
const FEWEST_STEPS = 12;
const HEIGHT = 48;
/** Fewer would draw one question as a wall. */
const LEAST_TOP = 5;

/** Questions by five minutes, from a time on or of a day; the highest is said in words beside it. */
export function DayChart(props: {
  readonly title: string;
  readonly buckets: readonly Bucket[];
  /** Left out: a day before the end. */
  readonly from?: Date;
  readonly until: Date;
}) {
  const { title, buckets, until } = props;
  const now = Math.floor(until.getTime() / STEP_MS);
  const dayBefore = now - DAY_STEPS + 1;
  const first = Math.max(dayBefore, Math.floor((props.from?.getTime() ?? 0) / STEP_MS));
  const last = props.from === undefined ? now : Math.max(now, first + FEWEST_STEPS - 1);
  const steps = last - first + 1;
  const highest = buckets.reduce<Bucket | null>(
    (most, bucket) => (most === null || bucket.count > most.count ? bucket : most),
    null,
  );
  const summary =
    highest === null ? words.chart.none : words.chart.summary(highest.count, sayTime(new Date(highest.at)));
  const top = Math.max(LEAST_TOP, highest?.count ?? 0);
  return (
    <figure className="incident-chart">
      <figcaption>
        {title} <span>{summary}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${steps * 2} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}. ${summary}`}
      >
        {buckets.map(({ at, count }) => {
          const height = (count / top) * (HEIGHT - 2);
          return (
            <rect
              key={at}
              x={(Math.floor(Date.parse(at) / STEP_MS) - first) * 2}
              y={HEIGHT - height}
              width={1.7}
              height={height}
            >
              <title>{`${sayTime(new Date(at))}: ${count}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className="incident-chart-hours" aria-hidden>
        {[0, 0.5, 1].map((part) => (
          <Text key={part} size="xs" c="dimmed">
            {sayTime(new Date((first + (steps - 1) * part) * STEP_MS))}
          </Text>
        ))}
      </div>
    </figure>
  );
}

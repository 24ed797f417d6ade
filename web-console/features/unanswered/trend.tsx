import { words } from './copy.ts';

const WIDTH = 56;
const HEIGHT = 18;
const GAP = 2;

/** People on each of the last days, as small bars. */
export function Trend({ days }: { readonly days: readonly number[] }) {
  const most = Math.max(1, ...days);
  const step = WIDTH / Math.max(1, days.length);
  return (
    <svg
      className="unanswered-trend"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={words.trend(days)}
    >
      {days.map((people, day) => {
        const height = people === 0 ? 1 : Math.max(3, (people / most) * HEIGHT);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the days keep their places
            key={day}
            x={day * step}
            y={HEIGHT - height}
            width={step - GAP}
            height={height}
            rx={1}
            data-empty={people === 0 || undefined}
          />
        );
      })}
    </svg>
  );
}

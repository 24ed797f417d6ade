import { Group, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import type { Overview } from '../../../src/contracts/analytics.ts';
import { words } from './copy.ts';
import { useLabelOf } from './definition-tip.tsx';

const heatWords = words.heat;
const MEASURES = ['visits', 'asked', 'requested'] as const;
type Measure = (typeof MEASURES)[number];
const isMeasure = (name: string): name is Measure => (MEASURES as readonly string[]).includes(name);
/** So many shades besides none. */
const SHADES = 5;
/** It scrolls on a phone, so the keyboard must get there. */
const REACHABLE = { tabIndex: 0 };

/** When people come: a table whose cells are the darker, the more came. */
export function HeatMap({ heat }: Pick<Overview, 'heat'>) {
  const [measure, setMeasure] = useState<Measure>('visits');
  const labelOf = useLabelOf();
  const rows = heat[measure];
  const most = Math.max(...rows.flat());
  return (
    <>
      <Group justify="space-between" mb="sm" gap="sm">
        <Text size="sm" c="dimmed">
          {heatWords.hint}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={heatWords.measure}
          className="analytics-no-print"
          value={measure}
          onChange={(name) => isMeasure(name) && setMeasure(name)}
          data={MEASURES.map((name) => ({ value: name, label: labelOf(name) }))}
        />
      </Group>
      <section className="analytics-scroll" aria-label={words.tableOf(heatWords.title)} {...REACHABLE}>
        <table className="analytics-heat">
          <caption>{`${heatWords.title}: ${labelOf(measure)}`}</caption>
          <thead>
            <tr>
              <th scope="col">{heatWords.weekday}</th>
              {rows[0]?.map((_, hour) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the hour is the place
                <th key={hour} scope="col">
                  {heatWords.hour(hour)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, weekday) => (
              <tr key={heatWords.weekdays[weekday]}>
                <th scope="row">
                  <abbr title={heatWords.weekdays[weekday]}>{heatWords.short[weekday]}</abbr>
                </th>
                {row.map((count, hour) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: the hour is the place
                    key={hour}
                    data-shade={count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * SHADES))}
                    title={heatWords.cell(heatWords.weekdays[weekday] ?? '', hour, count)}
                  >
                    {count === 0 ? '' : words.count(count)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

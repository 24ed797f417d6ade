/** How the engine's own cost grows with the number of intents. */
import type { TrainingSet } from '../src/answering/engine.ts';
import { runInChild } from './job.ts';
import type { GrowthJob, GrowthResult } from './measure-growth.ts';
import { figure, percent, type Table } from './table.ts';

const SIZES = [66, 250, 500, 1000, 2000];
const QUICK_SIZES = [66, 500];

export async function measureGrowth(training: TrainingSet, quick: boolean): Promise<Table> {
  const rows: string[][] = [];
  for (const intents of quick ? QUICK_SIZES : SIZES) {
    const job = { intents, training };
    const [result] = await runInChild<GrowthJob, GrowthResult>(
      new URL('./measure-growth.ts', import.meta.url),
      job,
    );
    if (result !== undefined) rows.push(toRow(result));
  }
  return {
    title: 'Growth: cost of our engine over the number of intents',
    head: [
      'intents × phrases',
      'training s',
      'CPU s',
      'RSS MB',
      'kept MB',
      'accuracy %',
      'intent alone µs',
      'p99',
      'decision µs',
      'p99',
      'CPU µs',
      'p99 CPU',
    ],
    rows,
    notes: [
      'Made-up intents of the corpus’s syllables (`bench/synthetic-intents.ts`), 20 phrases each; 500 new sentences typed with slips.',
      'Aim: p99 of the whole decision under 5,000 µs at 2,000 intents.',
    ],
  };
}

function toRow(result: GrowthResult): string[] {
  const { intents, phrases, training, memory, accuracy, classify, decide } = result;
  return [
    `${intents.toLocaleString('en')} (${phrases.toLocaleString('en')})`,
    figure(training.wallMs / 1000),
    figure(training.cpuMs / 1000),
    figure(memory.rssMb),
    figure(memory.keptMb),
    percent(accuracy),
    figure(classify.us),
    figure(classify.p99Us),
    figure(decide.us),
    figure(decide.p99Us),
    figure(decide.cpuUs),
    figure(decide.p99CpuUs),
  ];
}

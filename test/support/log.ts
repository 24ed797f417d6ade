/** A real logger whose lines a test can read. */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { LINES, type Logger } from '../../src/kernel/logger.ts';

export interface ReadableLog {
  readonly logger: Logger;
  readonly lines: () => { readonly level: number; readonly msg: string; readonly [field: string]: unknown }[];
  readonly text: () => string;
}

export function createReadableLog(): ReadableLog {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return {
    logger: pino({ ...LINES, level: 'trace' }, stream),
    text: () => written,
    lines: () =>
      written
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  };
}

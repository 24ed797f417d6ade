import cluster from 'node:cluster';
import { type LoggerOptions, type Logger as PinoLogger, pino } from 'pino';
import { currentScope } from './scope.ts';

export type Logger = PinoLogger;

/**
 * What every logger of the desk has in common: each line names the request and the conversation that it belongs to, and
 * the worker of a cluster.
 */
export const LINES: LoggerOptions = {
  base: cluster.worker === undefined ? null : { worker: cluster.worker.id },
  timestamp: pino.stdTimeFunctions.isoTime,
  mixin() {
    const { requestId, conversation } = currentScope() ?? {};
    return {
      ...(requestId === undefined ? {} : { requestId }),
      ...(conversation === undefined ? {} : { conversation }),
    };
  },
};

/** One JSON line an event on standard output. `level` is one of pino's, or "silent". */
export function createLogger(level: string): Logger {
  return pino({ ...LINES, level });
}

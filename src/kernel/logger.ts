import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** One JSON line an event on standard output. `level` is one of pino's, or "silent". */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** What the commands on a store have in common: settings, exit codes, interruption. */
import { readConfig } from '../config.ts';
import { AppError } from '../kernel/app-error.ts';
import { type OpenStore, openStore } from './open-store.ts';

/**
 * Opens the store, works on it and ends the process: 0 when `work` says so, 1 when it failed, 2 when the command
 * was called wrongly. The first Ctrl-C lets `work` stop where it can be gone on with, a second one ends at once.
 * @param options.parse reads the arguments; what it throws counts as called wrongly
 * @param options.create and share: as in openStore
 */
export async function runCommand<Arguments>(options: {
  readonly usage: string;
  readonly parse: () => Arguments;
  readonly create?: boolean;
  readonly share?: boolean;
  readonly work: (store: OpenStore, given: Arguments, signal: AbortSignal) => Promise<0 | 1>;
}): Promise<never> {
  const given = parseOrExit(options.parse, options.usage);
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () =>
      interruption.abort(new AppError({ code: 'interrupted', message: 'Interrupted.' })),
    );
  }
  let store: OpenStore | undefined;
  let code: 0 | 1 = 1;
  try {
    const { mongodbUri, dataDir } = readConfig();
    const { create = false, share = true } = options;
    store = await openStore({ mongodbUri, dataDir, create, share });
    code = await options.work(store, given, interruption.signal);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
  }
  await store?.close().catch((error: Error) => process.stderr.write(`${error.message}\n`));
  process.exit(code);
}

function parseOrExit<Arguments>(parse: () => Arguments, usage: string): Arguments {
  try {
    return parse();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}\n`);
    process.exit(2);
  }
}

/** The driver's errors are an operator's business, as ours are; a stack is for mistakes in this program. */
function describeError(error: unknown): string {
  const { name, message, stack } = error as Error;
  return error instanceof AppError || name.startsWith('Mongo') ? message : (stack ?? message);
}

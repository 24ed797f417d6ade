import type { Staff } from '../auth/staff/staff.ts';
import type { Storage } from '../storage/storage.ts';
import type { AppOptions } from './app-options.ts';

type Greeting = Pick<AppOptions, 'firstAdmin' | 'printOnce'>;

/** Makes the first admin, and prints the password that was made up: once, to the terminal, not to the log. */
async function announceFirstAdmin(
  staff: Pick<Staff, 'ensureFirstAdmin'>,
  { firstAdmin, printOnce = () => undefined }: Greeting,
): Promise<void> {
  const made = await staff.ensureFirstAdmin(firstAdmin ?? {});
  if (made === null) return;
  printOnce(
    `The console is at /console. Sign in as ${made.email} with this one-time password: ${made.oneTimePassword}\n`,
  );
}

/** Makes the first admin when the store is there, now or later. @throws what making it now throws */
export async function welcomeFirstAdmin(
  staff: Pick<Staff, 'ensureFirstAdmin'>,
  options: Greeting & Pick<AppOptions, 'logger'>,
  { isUp, events }: Pick<Storage, 'isUp' | 'events'>,
): Promise<void> {
  if (isUp()) await announceFirstAdmin(staff, options);
  events.on('up', () => {
    announceFirstAdmin(staff, options).catch((error: Error) =>
      options.logger.error({ reason: error.message }, 'the first account cannot be made'),
    );
  });
}

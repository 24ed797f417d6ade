import type { Staff } from '../auth/staff/staff.ts';

/** Makes the first admin, and prints the password that was made up: once, to the terminal, not to the log. */
export async function announceFirstAdmin(
  staff: Pick<Staff, 'ensureFirstAdmin'>,
  {
    firstAdmin,
    printOnce = () => undefined,
  }: {
    readonly firstAdmin?: { readonly email: string | undefined; readonly password: string | undefined };
    readonly printOnce?: (line: string) => void;
  },
): Promise<void> {
  const made = await staff.ensureFirstAdmin(firstAdmin ?? {});
  if (made === null) return;
  printOnce(
    `The console is at /console. Sign in as ${made.email} with this one-time password: ${made.oneTimePassword}\n`,
  );
}

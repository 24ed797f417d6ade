/** What stands before the commands of a connection: how many of them it may give. */
import type { Socket } from 'socket.io';
import type { ChatError } from '../contracts/chat.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Taken } from '../kernel/flood-limit.ts';
import { type CommandDeps, toChatError } from './answer-command.ts';

/** A page that is refused waits; what goes on all the same is no page of ours. */
const MOST_REFUSALS = 500;

/**
 * Refuses what is too much with an acknowledgement that says when to try again, and ends a connection that does not
 * mind.
 * @param take counts a command by its name and its body
 */
export function guardSocket(
  socket: Pick<Socket, 'use' | 'disconnect'>,
  take: (name: string, body: unknown) => Taken,
  deps: CommandDeps,
): void {
  let refusals = 0;
  socket.use(([name, body, ...rest], next) => {
    const taken = take(String(name), body);
    if (taken.allowed) {
      next();
      return;
    }
    const acknowledge: unknown = rest.at(-1) ?? body;
    if (typeof acknowledge === 'function') acknowledge({ ok: false, error: describeRefusal(taken, deps) });
    refusals += 1;
    if (refusals > MOST_REFUSALS) socket.disconnect(true);
  });
}

function describeRefusal({ retryAfterMs }: Extract<Taken, { allowed: false }>, deps: CommandDeps): ChatError {
  const refusal = new AppError({ code: 'too_many_requests', message: 'of one sender', retryAfterMs });
  return toChatError(refusal, deps);
}

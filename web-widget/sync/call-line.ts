/** What a voice call needs of the chat's connection. */
import type { CallSignal, CallView, ContactCallCommands } from '../../src/contracts/calls.ts';
import type { AckOf, BodyOf } from '../../web-sync/connection.ts';

export interface CallListener {
  readonly changed: (call: CallView) => unknown;
  readonly signal: (fact: { readonly call: string; readonly signal: CallSignal }) => unknown;
  /** The conversation is open again, over a new connection. */
  readonly online: () => void;
}

export interface CallLine {
  /** null: no answer came. */
  readonly ask: <Name extends keyof ContactCallCommands>(
    name: Name,
    body: BodyOf<ContactCallCommands, Name>,
  ) => Promise<AckOf<ContactCallCommands, Name> | null>;
  /** @returns the function that takes the listener away again */
  readonly listen: (listener: CallListener) => () => void;
}

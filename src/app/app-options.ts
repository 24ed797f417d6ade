/** What a desk is started with. */
import type { IceServer } from '../contracts/calls.ts';
import type { Logger } from '../kernel/logger.ts';

export interface AppOptions {
  /** Folder that holds intents/, faq/, web-widget/ and dist/. */
  readonly root: string;
  /** undefined: the embedded store in `dataDir`. */
  readonly mongodbUri?: string | undefined;
  /** What links this node to the others; undefined: there are none, unless this is a worker of a cluster. */
  readonly redisUrl?: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** undefined: identities of a host app are not taken. */
  readonly hostAppSecret?: string | undefined;
  /** Origins whose pages may show the chat in a frame. */
  readonly allowedOrigins?: readonly string[];
  /** What numbers of persons are sealed with; undefined: a key that the store keeps. */
  readonly sessionSecret?: string | undefined;
  /** Of the first account, where there is none yet; what is left out is made up and printed. */
  readonly firstAdmin?: { readonly email: string | undefined; readonly password: string | undefined };
  /** Where people reach the desk; undefined: where they do. */
  readonly publicUrl?: string | undefined;
  /** undefined: no mail is sent. */
  readonly smtpUrl?: string | undefined;
  /** undefined: no mail is read. */
  readonly imapUrl?: string | undefined;
  readonly mailFrom?: string | undefined;
  /** Takes what people need to see once, and no log may keep. */
  readonly printOnce?: (line: string) => void;
  /** What voice calls find their way with; left out: none, which is enough within one network. */
  readonly iceServers?: readonly IceServer[];
  readonly logger: Logger;
}

/** What a desk is started with, and what is had of it then. */
import type { Server } from 'node:http';
import type { IceServer } from '../contracts/calls.ts';
import type { ChallengeRules, FloodLimits } from '../kernel/limits.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Tracing } from '../kernel/tracing.ts';
import type { StaffDesk } from './staff-desk.ts';

export interface AppOptions {
  /** Folder that holds intents/, faq/, web-widget/ and dist/. */
  readonly root: string;
  /** undefined: the embedded store in `dataDir`. */
  readonly mongodbUri?: string | undefined;
  /** What links this node to the others; undefined: there are none, unless this is a worker of a cluster. */
  readonly redisUrl?: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** Where old conversations go, absolute; undefined: into `dataDir`, or nowhere with `mongodbUri`. */
  readonly archiveDir?: string | undefined;
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
  /** What a scraper of metrics shows; undefined: it is answered on this machine alone. */
  readonly metricsToken?: string | undefined;
  /** undefined: no traces are kept. */
  readonly tracing?: Tracing | undefined;
  /** Addresses, networks, or a number of hops; left out: none. */
  readonly trustedProxies?: readonly string[];
  /** Left out: as kernel/limits.ts has them. `false`: nothing is counted, as for a benchmark that plays a crowd. */
  readonly floodLimits?: FloodLimits | false;
  /** Left out, or false: nobody has to prove anything. */
  readonly floodChallenge?: ChallengeRules | false;
  readonly logger: Logger;
}

export interface App {
  /** Ready to listen; whoever listens closes it before `close`. */
  readonly server: Server;
  /** From now on it says that it is not ready; all else goes on. */
  readonly drain: () => void;
  /** Sends those who are connected to other processes, each when its commands are acknowledged. */
  readonly moveSocketsAway: () => Promise<void>;
  /** Ends the sockets, which would hold up the server's own end. */
  readonly closeSockets: () => Promise<void>;
  /** Every endpoint and command of the staff. */
  readonly staffDesk: Pick<StaffDesk, 'routes' | 'commands'>;
  /** Writes what is waiting and lets go of the store. To be called once, when the server answers no more. */
  readonly close: () => Promise<void>;
}

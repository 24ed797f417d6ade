/** Limits and load put together: who is counted how, over HTTP and over sockets alike. */
import type { Caller } from '../auth/caller.ts';
import { parseCredentials, readCredentials } from '../auth/credentials.ts';
import type { FloodChallenge } from '../challenges/flood-challenge.ts';
import type { RequestGuard } from '../http/guard-requests.ts';
import { AppError } from '../kernel/app-error.ts';
import { createFloodLimit, type FloodLimit, refuseTooMany, type Taken } from '../kernel/flood-limit.ts';
import {
  CHALLENGE_RULES,
  FLOOD_LIMITS,
  type FloodLimits,
  type Limit,
  LOAD_LIMITS,
} from '../kernel/limits.ts';
import { busy, createLoad, type Load } from '../kernel/load.ts';
import type { Logger } from '../kernel/logger.ts';
import { isLoopback, networkOf } from '../kernel/network.ts';
import { addressBehind, type IsTrustedProxy, readTrustedProxies } from '../kernel/trusted-proxies.ts';

export interface FloodGuardDeps {
  /** Left out: none. */
  readonly trustedProxies?: readonly string[];
  /**
   * Left out: as kernel/limits.ts has them, and this machine itself is spared. `false`: nothing is counted, and nobody
   * is put off.
   */
  readonly floodLimits?: FloodLimits | false;
  /** What the host app signs identities with. */
  readonly hostAppSecret?: string | undefined;
  readonly contacts: {
    readonly find: (caller: Caller) => Promise<string | null>;
    readonly ensure: (caller: Caller) => Promise<string>;
  };
  /** Left out, or null: nobody has to prove anything. */
  readonly challenge?: FloodChallenge | null;
  readonly logger: Logger;
}

/** What a handshake shows of where it comes from. */
export interface Handshake {
  readonly address: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface ChatGuard {
  readonly addressOf: (handshake: Handshake) => string;
  /** A contact's connection. @throws AppError `too_many_requests`, `busy` */
  readonly admitConnection: (address: string) => void;
  /** Who shows these; of an address with too many that were wrong nobody. @throws AppError */
  readonly readCredentials: (shown: unknown, address: string) => Promise<Caller>;
  /** Counts the commands of one connection of a contact. */
  readonly countCommands: (caller: Caller) => (name: string, body: unknown) => Taken;
  /**
   * The contact of a caller, of a new one unless too many of that address are new.
   * @throws AppError `too_many_requests`, `challenge_required`
   */
  readonly ensureContact: (caller: Caller, address: string, solution?: string) => Promise<string>;
  readonly carryOut: Load['carryOut'];
}

export interface FloodGuard {
  readonly addressOf: (handshake: Handshake) => string;
  readonly load: Load;
  /** What the HTTP application needs of it. */
  readonly http: { readonly guard: RequestGuard; readonly isTrustedProxy: IsTrustedProxy };
  /** What the chat's sockets need of it. */
  readonly chat: ChatGuard;
  readonly staffCommands: () => () => Taken;
  readonly stop: () => void;
}

const ALLOWED: Taken = { allowed: true };
const NO_LIMIT: FloodLimit = { take: () => ALLOWED, isUsedUp: () => false };
const NEVER_HIGH = { ...LOAD_LIMITS, inHand: Number.POSITIVE_INFINITY, lagMs: Number.POSITIVE_INFINITY };
/** One key: a bucket that belongs to one connection. */
const OWN = '';

export function createFloodGuard(deps: FloodGuardDeps): FloodGuard {
  const { trustedProxies = [], floodLimits = FLOOD_LIMITS, hostAppSecret, contacts, logger } = deps;
  const { challenge = null } = deps;
  const limits = floodLimits === false ? FLOOD_LIMITS : floodLimits;
  const limit = (one: Limit): FloodLimit => (floodLimits === false ? NO_LIMIT : createFloodLimit(one));
  // A proxy on this machine that nobody named would make one address of the whole country.
  const sparesOwnMachine = limits === FLOOD_LIMITS;
  const limitByNetwork = (one: Limit): FloodLimit => {
    const { take, isUsedUp } = limit(one);
    const isSpared = (network: string): boolean => sparesOwnMachine && isLoopback(network);
    return {
      take: (network) => (isSpared(network) ? ALLOWED : take(network)),
      isUsedUp: (network) => !isSpared(network) && isUsedUp(network),
    };
  };
  const isTrustedProxy = readTrustedProxies(trustedProxies);
  if (isTrustedProxy === null)
    throw new AppError({ code: 'bad_config', message: `no proxies: ${trustedProxies.join(', ')}` });

  const messages = limit(limits.messages);
  const fresh = limit(limits.freshConversations);
  const newContacts = limitByNetwork(limits.newContacts);
  const connections = limitByNetwork(limits.connections);
  const refusedCredentials = limitByNetwork(limits.refusedCredentials);
  let strainedUntil = Number.NEGATIVE_INFINITY;
  const isStrained = (): boolean => load.isHigh() || performance.now() < strainedUntil;
  const load = createLoad({
    ...(floodLimits === false ? { limits: NEVER_HIGH } : {}),
    onChange: (isHigh) => {
      strainedUntil = performance.now() + CHALLENGE_RULES.strainedForMs;
      return isHigh
        ? logger.warn(
            { inHand: load.inHand(), lagMs: Math.round(load.lagMs()) },
            'the load is high: contacts are put off',
          )
        : logger.info({ putOff: load.putOff() }, 'the load is normal again');
    },
  });
  const begin = (): (() => void) => {
    const end = load.begin();
    if (end === null) throw busy(Math.random());
    return end;
  };

  const addressOf = ({ address, headers }: Handshake): string =>
    addressBehind(address, headers['x-forwarded-for'], isTrustedProxy);

  return {
    addressOf,
    load,
    http: {
      isTrustedProxy,
      guard: {
        takeRequest: limitByNetwork(limits.requests).take,
        takeAnswer: limitByNetwork(limits.answers).take,
        takeUpload: limitByNetwork(limits.uploads).take,
        admitAnswer: challenge && ((network, solution) => challenge.admit('answer', network, solution)),
        begin,
      },
    },
    chat: {
      addressOf,
      admitConnection(address) {
        refuseTooMany(connections.take(networkOf(address)));
        if (load.isHigh()) throw busy(Math.random());
      },
      async readCredentials(shown, address) {
        const network = networkOf(address);
        if (refusedCredentials.isUsedUp(network)) refuseTooMany(refusedCredentials.take(network));
        try {
          return await readCredentials(parseCredentials(shown), hostAppSecret);
        } catch (error) {
          refusedCredentials.take(network);
          throw error;
        }
      },
      countCommands(caller) {
        const own = limit(limits.commands);
        const who = caller.kind === 'device' ? `d:${caller.tokenHash}` : `p:${caller.subject}`;
        return (name, body) => {
          const taken = own.take(OWN);
          if (!taken.allowed) return taken;
          if (name === 'message:send') return messages.take(who);
          return name === 'conversation:open' && wantsFresh(body) ? fresh.take(who) : ALLOWED;
        };
      },
      async ensureContact(caller, address, solution) {
        const known = await contacts.find(caller);
        const isDevice = caller.kind === 'device';
        if (known !== null && isDevice) return known;
        const network = networkOf(address);
        // Whoever the host app vouches for has proven more than work.
        if (isDevice) await challenge?.admit('contact', network, solution, isStrained());
        if (known === null) refuseTooMany(newContacts.take(network));
        return contacts.ensure(caller);
      },
      carryOut: load.carryOut,
    },
    staffCommands() {
      const own = limit(limits.staffCommands);
      return () => own.take(OWN);
    },
    stop: load.stop,
  };
}

function wantsFresh(body: unknown): boolean {
  return typeof body === 'object' && body !== null && (body as { fresh?: unknown }).fresh === true;
}

/** The namespace of the staff: who is behind a connection, and who may give which command. */
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import { STAFF_NAMESPACE, type StaffCommands, type StaffFacts } from '../contracts/console.ts';
import { mayRole, type Permission, type StaffMember } from '../contracts/permissions.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Taken } from '../kernel/flood-limit.ts';
import { answerCommand, type CommandDeps, toChatError } from './answer-command.ts';
import { guardSocket } from './guard-socket.ts';
import type { SocketServer } from './socket-server.ts';

interface SocketData {
  staff: StaffMember;
  /** Typing at the moment, by conversation. */
  typing: Record<string, boolean>;
}
export type StaffSocket = Socket<StaffCommands, StaffFacts, DefaultEventsMap, SocketData>;
export type StaffNamespace = Namespace<StaffCommands, StaffFacts, DefaultEventsMap, SocketData>;

/** A row: a command, who may give it, what it looks like, and what it does. */
export interface StaffCommand {
  readonly name: keyof StaffCommands;
  readonly permission: Permission;
  /** Does no harm to a store that is away: typing and the like. */
  readonly needsStore: boolean;
  readonly schema: z.ZodType;
  readonly perform: (body: never, staff: StaffMember, socket: StaffSocket) => Promise<unknown> | unknown;
}

/** Keeps the types of one row together. */
export function staffCommand<Body>(row: {
  readonly name: keyof StaffCommands;
  readonly permission: Permission;
  readonly needsStore?: false;
  readonly schema: z.ZodType<Body>;
  readonly perform: (body: Body, staff: StaffMember, socket: StaffSocket) => Promise<unknown> | unknown;
}): StaffCommand {
  return { needsStore: true, ...row, perform: row.perform as StaffCommand['perform'] };
}

export interface StaffNamespaceDeps extends CommandDeps {
  readonly sockets: SocketServer;
  /** By the cookies of the handshake; null: nobody. */
  readonly findStaff: (cookies: string | undefined, address: string) => Promise<StaffMember | null>;
  /** Does the handshake come from a page of this site? */
  readonly isSameSite: (headers: Readonly<Record<string, unknown>>, host: string) => boolean;
  readonly commands: readonly StaffCommand[];
  /** Where a handshake comes from; left out: from the other end of the connection. */
  readonly addressOf?: (handshake: StaffSocket['handshake']) => string;
  /** Counts the commands of one connection; left out: nothing is counted. */
  readonly countCommands?: () => () => Taken;
  /** Goes through when it fails: a connection that nobody is told of is of no use. */
  readonly onEnter: (staff: StaffMember, socket: StaffSocket) => Promise<void>;
  readonly onExit: (staff: StaffMember, socket: StaffSocket) => void;
  readonly isStoreUp: () => boolean;
}

export const EVERYBODY = 'staff';
export const accountRoom = (account: string): string => `account:${account}`;
export const sessionRoom = (session: string): string => `session:${session}`;

/** Ends the connections of a session, or of all sessions of an account, on all nodes. */
export function endConnections(namespace: StaffNamespace, room: string): void {
  namespace.to(room).emit('session:ended');
  namespace.in(room).disconnectSockets(true);
}

export function serveStaff(deps: StaffNamespaceDeps): StaffNamespace {
  const namespace: StaffNamespace = deps.sockets.of(STAFF_NAMESPACE);

  const identify = async (socket: StaffSocket): Promise<StaffMember> => {
    const { headers } = socket.handshake;
    const address = deps.addressOf?.(socket.handshake) ?? socket.handshake.address;
    // A browser sends the cookie along with a socket that another site's page opens.
    if (!deps.isSameSite(headers as Record<string, unknown>, headers.host ?? ''))
      throw new AppError({ code: 'cross_site', message: String(headers.origin) });
    const staff = await deps.findStaff(headers.cookie, address);
    if (staff === null) throw new AppError({ code: 'signed_out', message: 'no session' });
    if (staff.mustChangePassword) throw new AppError({ code: 'password_change_required', message: staff.id });
    return staff;
  };

  namespace.use(async (socket, next) => {
    try {
      if (!deps.isStoreUp()) throw new AppError({ code: 'store_unavailable', message: 'the store is away' });
      const staff = await identify(socket);
      if (!mayRole(staff.role, 'conversations.read'))
        throw new AppError({ code: 'forbidden', message: staff.role });
      socket.data.staff = staff;
      socket.data.typing = {};
      next();
    } catch (error) {
      const { code, message } = toChatError(error, deps);
      next(Object.assign(new Error(message), { data: { code, message } }));
    }
  });

  namespace.on('connection', (socket) => {
    const { staff } = socket.data;
    if (deps.countCommands !== undefined) guardSocket(socket, deps.countCommands(), deps);
    void socket.join([EVERYBODY, accountRoom(staff.id), sessionRoom(staff.session)]);
    for (const { name, permission, needsStore, schema, perform } of deps.commands) {
      const checked = async (body: never): Promise<unknown> => {
        if (needsStore) {
          if (!deps.isStoreUp())
            throw new AppError({ code: 'store_unavailable', message: 'the store is away' });
          // Looked up each time: whoever lost the role or the session a moment ago is refused.
          socket.data.staff = await identify(socket);
        }
        if (!mayRole(socket.data.staff.role, permission))
          throw new AppError({ code: 'forbidden', message: `${socket.data.staff.role} may not ${name}` });
        return perform(body, socket.data.staff, socket);
      };
      socket.on(name, answerCommand(schema as z.ZodType<never>, checked, deps) as never);
    }
    socket.onAny((name: string, ...rest: unknown[]) => {
      const acknowledge = rest.at(-1);
      if (socket.listenerCount(name as never) > 0 || typeof acknowledge !== 'function') return;
      const unknown = new AppError({ code: 'unknown_command', message: name });
      acknowledge({ ok: false, error: toChatError(unknown, deps) });
    });
    socket.on('disconnect', () => deps.onExit(socket.data.staff, socket));
    deps.onEnter(staff, socket).catch((error: Error) => {
      deps.logger.warn({ reason: error.message }, 'presence cannot be noted now');
      socket.disconnect(true);
    });
  });
  return namespace;
}

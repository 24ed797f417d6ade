/** Calls on the sockets: the commands of both sides, what they tell each other, and that their pages are there. */
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import {
  type CallStarted,
  type CallTaken,
  type ContactCallCommands,
  type ContactCallFacts,
  declineCallCommand,
  endCallCommand,
  type IceServer,
  type LiveCalls,
  pageOfCallCommand,
  reportCallCommand,
  type SignalPassed,
  signalCommand,
  startCallCommand,
} from '../contracts/calls.ts';
import { CHAT_NAMESPACE } from '../contracts/chat.ts';
import { AppError } from '../kernel/app-error.ts';
import { repeat } from '../kernel/repeat.ts';
import { answerCommand, type CommandDeps } from '../realtime/answer-command.ts';
import { listConnected } from '../realtime/list-connected.ts';
import type { SocketServer } from '../realtime/socket-server.ts';
import {
  accountRoom,
  EVERYBODY,
  type StaffCommand,
  type StaffNamespace,
  staffCommand,
} from '../realtime/staff-namespace.ts';
import { isLive, type Side } from './call.ts';
import type { Calls } from './calls.ts';
import { presentCall, presentCallToContact } from './present-call.ts';

export interface CallSocketsDeps extends CommandDeps {
  readonly calls: Calls;
  readonly iceServers: readonly IceServer[];
  /** Which conversation a device has open; null: none yet. */
  readonly openedBy: (
    socket: Pick<Socket, 'data'>,
  ) => { readonly contact: string; readonly conversation: string } | null;
  readonly isStoreUp: () => boolean;
  /** How often it is said which pages are connected. */
  readonly beatEveryMs?: number;
}

export interface CallSockets {
  readonly commands: readonly StaffCommand[];
  readonly serve: (sockets: SocketServer, staff: StaffNamespace) => void;
  readonly stop: () => Promise<void>;
}

type ContactNamespace = Namespace<ContactCallCommands, ContactCallFacts>;
type ContactSocket = Socket<ContactCallCommands, ContactCallFacts, DefaultEventsMap, unknown>;

/** In either namespace: the page that is a party of the call. Nobody else is let in, and only they pass signals on. */
const ROOM = 'call:';
const callRoom = (id: string): string => ROOM + id;
const BEAT_EVERY_MS = 2_000;

const requireParty = (socket: Pick<Socket, 'rooms' | 'id'>, id: string): void => {
  if (!socket.rooms.has(callRoom(id))) throw new AppError({ code: 'call_not_found', message: id });
};

export function createCallSockets(deps: CallSocketsDeps): CallSockets {
  const { calls, iceServers, logger } = deps;
  let contacts: ContactNamespace | undefined;
  let staff: StaffNamespace | undefined;

  /** @returns whether the other page is connected to hear it */
  const pass = async (to: Side, { call, signal }: z.infer<typeof signalCommand>): Promise<SignalPassed> => {
    const room = callRoom(call);
    const namespace = to === 'contact' ? contacts : staff;
    if (namespace === undefined || (await listConnected(namespace as StaffNamespace, room)).length === 0)
      return { delivered: false };
    if (to === 'contact') contacts?.to(room).emit('call:signal', { call, signal });
    else staff?.to(room).emit('call:signal', { call, signal });
    return { delivered: true };
  };

  calls.events.on('changed', (call) => {
    const room = callRoom(call.id);
    staff?.to(EVERYBODY).emit('call:changed', presentCall(call));
    contacts?.to(room).emit('call:changed', presentCallToContact(call));
  });
  calls.events.on('ringing', ({ call, agents }) => {
    for (const agent of agents) staff?.to(accountRoom(agent)).emit('call:ringing', presentCall(call));
  });

  const serveContact = (socket: ContactSocket): void => {
    const withStore =
      <Body, Data>(perform: (body: Body) => Promise<Data>) =>
      (body: Body) => {
        if (!deps.isStoreUp())
          throw new AppError({ code: 'store_unavailable', message: 'the store is away' });
        return perform(body);
      };
    const opened = (): { contact: string; conversation: string } => {
      const open = deps.openedBy(socket);
      if (open === null) throw new AppError({ code: 'not_open', message: socket.id });
      return open;
    };
    const on = <Body, Data>(
      name: keyof ContactCallCommands,
      schema: z.ZodType<Body>,
      perform: (body: Body) => Promise<Data>,
    ): void => {
      socket.on(name, answerCommand(schema, withStore(perform), deps) as never);
    };
    on('call:check', z.strictObject({}), async () => ({ available: await calls.isAnybodyFree() }));
    on('call:start', startCallCommand, async ({ page }): Promise<CallStarted> => {
      const call = await calls.start({ ...opened(), page });
      if (call === null) return { outcome: 'nobody' };
      await socket.join(callRoom(call.id));
      return { outcome: 'ringing', call: presentCallToContact(call), iceServers };
    });
    on('call:resume', pageOfCallCommand, async ({ call: id, page }) => {
      // Joined before it is read: a change in between comes twice rather than never.
      const call = await calls.resume(id, 'contact', opened().contact, page);
      if (!isLive(call)) return presentCallToContact(call);
      await socket.join(callRoom(id));
      return presentCallToContact(await calls.resume(id, 'contact', opened().contact, page));
    });
    on('call:signal', signalCommand, (body) => {
      requireParty(socket, body.call);
      return pass('agent', body);
    });
    on('call:end', endCallCommand, async ({ call, reason }) => {
      requireParty(socket, call);
      return presentCallToContact(await calls.end(call, 'contact', reason));
    });
    on('call:report', reportCallCommand, async ({ call, quality }) => {
      requireParty(socket, call);
      await calls.report(call, 'contact', quality);
      await socket.leave(callRoom(call));
      return null;
    });
  };

  const commands: StaffCommand[] = [
    staffCommand({
      name: 'call:live',
      permission: 'calls.handle',
      schema: z.strictObject({}),
      async perform(_body, { id }): Promise<LiveCalls> {
        const { ringing, own } = await calls.listFor(id);
        return { ringing: ringing.map(presentCall), own: own && presentCall(own) };
      },
    }),
    staffCommand({
      name: 'call:accept',
      permission: 'calls.handle',
      schema: pageOfCallCommand,
      async perform({ call: id, page }, { id: account, name }, socket): Promise<CallTaken> {
        const call = await calls.accept(id, { id: account, name }, page);
        await socket.join(callRoom(id));
        return { call: presentCall(call), iceServers };
      },
    }),
    staffCommand({
      name: 'call:decline',
      permission: 'calls.handle',
      schema: declineCallCommand,
      async perform({ call }, { id }) {
        await calls.decline(call, id);
        return null;
      },
    }),
    staffCommand({
      name: 'call:resume',
      permission: 'calls.handle',
      schema: pageOfCallCommand,
      async perform({ call: id, page }, { id: account }, socket) {
        const call = await calls.resume(id, 'agent', account, page);
        if (!isLive(call)) return presentCall(call);
        await socket.join(callRoom(id));
        return presentCall(await calls.resume(id, 'agent', account, page));
      },
    }),
    staffCommand({
      name: 'call:signal',
      permission: 'calls.handle',
      needsStore: false,
      schema: signalCommand,
      perform(body, _staff, socket) {
        requireParty(socket, body.call);
        return pass('contact', body);
      },
    }),
    staffCommand({
      name: 'call:end',
      permission: 'calls.handle',
      schema: endCallCommand,
      async perform({ call, reason }, _staff, socket) {
        requireParty(socket, call);
        return presentCall(await calls.end(call, 'agent', reason));
      },
    }),
    staffCommand({
      name: 'call:report',
      permission: 'calls.handle',
      schema: reportCallCommand,
      async perform({ call, quality }, _staff, socket) {
        requireParty(socket, call);
        await calls.report(call, 'agent', quality);
        await socket.leave(callRoom(call));
        return null;
      },
    }),
  ];

  /** The browser is not asked for signs of life: timers of hidden pages are slowed down. */
  const beat = async (): Promise<void> => {
    if (!deps.isStoreUp()) return;
    await calls.beat('contact', contacts === undefined ? [] : listCalls(contacts));
    await calls.beat('agent', staff === undefined ? [] : listCalls(staff));
  };
  const beating = repeat(beat, {
    everyMs: deps.beatEveryMs ?? BEAT_EVERY_MS,
    onError: ({ message: reason }) => logger.warn({ reason }, 'pages in a call cannot be noted now'),
  });

  return {
    commands,
    serve(sockets, staffNamespace) {
      contacts = sockets.of(CHAT_NAMESPACE) as ContactNamespace;
      staff = staffNamespace;
      contacts.on('connection', serveContact as never);
    },
    stop: beating.stop,
  };
}

/** Those whose pages this node is connected to. */
function listCalls(namespace: ContactNamespace | StaffNamespace): string[] {
  return [...namespace.adapter.rooms.keys()]
    .filter((room) => room.startsWith(ROOM))
    .map((room) => room.slice(ROOM.length));
}

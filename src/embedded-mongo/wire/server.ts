/** Answers drivers on a socket. Commands of one connection are answered one after the other. */
import { createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';
import type { Document } from '../bson/raw-bson.ts';
import { CATALOG_COMMANDS } from '../commands/catalog-commands.ts';
import { checkOptions, type Handler, readCommand, type Server } from '../commands/command.ts';
import { READ_COMMANDS } from '../commands/read-commands.ts';
import { SERVER_COMMANDS } from '../commands/server-commands.ts';
import { WRITE_COMMANDS } from '../commands/write-commands.ts';
import { MongoFault, toFault } from '../fault.ts';
import { createFramer, type Message, readMessage, writeReply } from './wire.ts';

const COMMANDS: Record<string, Handler> = {
  ...SERVER_COMMANDS,
  ...CATALOG_COMMANDS,
  ...READ_COMMANDS,
  ...WRITE_COMMANDS,
};

async function answer(message: Message, server: Server): Promise<Document | Buffer> {
  try {
    const command = readCommand(message.body, message.sequences);
    const handler = Object.hasOwn(COMMANDS, command.name) ? COMMANDS[command.name] : undefined;
    if (handler === undefined) throw new MongoFault('CommandNotFound', `no such command: '${command.name}'`);
    checkOptions(command);
    return await handler(command, server);
  } catch (error) {
    const { message: errmsg, code, codeName, details } = toFault(error);
    return { ok: 0, errmsg, code, codeName, ...details };
  }
}

/** A server for these commands; `closeAll` ends its connections. */
export function createServer(parts: Omit<Server, 'connections'>): { net: NetServer; closeAll: () => void } {
  const sockets = new Set<Socket>();
  const server: Server = { ...parts, connections: () => sockets.size };
  const net = createNetServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const frame = createFramer();
    let last = Promise.resolve();
    socket.on('data', (bytes) => {
      try {
        for (const raw of frame(bytes)) {
          const message = readMessage(raw);
          last = last.then(async () => {
            const reply = await answer(message, server);
            if (!message.wantsReply || socket.destroyed) return;
            socket.write(writeReply(message, reply));
          });
        }
      } catch (error) {
        // What is not the protocol cannot be answered in it.
        socket.destroy(error as Error);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    net,
    closeAll: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

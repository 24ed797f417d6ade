/** The socket.io server: one for the process, a namespace for each kind of client. */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';

import type { NodeLink } from './node-link.ts';

export type SocketServer = Server;

/** As for a request over HTTP (http-app.ts). */
const LARGEST_MESSAGE_BYTES = 32 * 1024;

/**
 * Nothing is kept by the transport: after a break clients ask for what they missed.
 * @param link to other nodes; left out: there are none
 */
export function createSocketServer(server: HttpServer, link?: NodeLink): SocketServer {
  return new Server(server, {
    ...(link?.adapter === undefined ? {} : { adapter: link.adapter }),
    serveClient: false,
    maxHttpBufferSize: LARGEST_MESSAGE_BYTES,
    // The handshake waits for the client's credentials and one check of them.
    connectTimeout: 20_000,
    // A phone that went into a tunnel is noticed after 45 seconds.
    pingInterval: 25_000,
    pingTimeout: 20_000,
  });
}

/**
 * Contacts whose network lets no WebSocket through ask again and again, by requests that any worker of this machine may
 * get: each session's id says whose it is, and the others pass it on to that one. (Between machines the balancer does so.)
 */
import { randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import path from 'node:path';

/** As long as the ids of engine.io. */
const ID_BYTES = 15;
const IDLE_MS = 60_000;
/** What engine.io says of a session that it does not know: the client begins anew. */
const UNKNOWN_SESSION = JSON.stringify({ code: 1, message: 'Session ID unknown' });

export interface PollingDoorDeps {
  readonly server: Server;
  /** Its ids are made here from now on. */
  readonly engine: object;
  /** Shared by the workers of this machine. */
  readonly folder: string;
  readonly worker: number;
}

/** @returns closes it */
export function openPollingDoor({ server, engine, folder, worker }: PollingDoorDeps): () => void {
  const socketOf = (owner: number): string => path.join(folder, `${owner}.sock`);
  Object.assign(engine, { generateId: () => `${worker}.${randomBytes(ID_BYTES).toString('base64url')}` });

  const serve = server.listeners('request') as ((
    request: IncomingMessage,
    response: ServerResponse,
  ) => void)[];
  const serveHere = (asked: IncomingMessage, response: ServerResponse): void => {
    for (const listener of serve) listener.call(server, asked, response);
  };
  const passOn = (owner: number, asked: IncomingMessage, response: ServerResponse): void => {
    const { method, url } = asked;
    const headers = withoutConnection(asked.headers);
    const passed = request({ socketPath: socketOf(owner), method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
      answer.pipe(response);
    });
    passed.on('error', () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(400, { 'content-type': 'application/json' }).end(UNKNOWN_SESSION);
    });
    // What was answered has given its connection to another request already.
    response.on('close', () => response.writableFinished || passed.destroy());
    asked.pipe(passed);
  };
  server.removeAllListeners('request');
  server.on('request', (asked, response) => {
    const owner = ownerOf(asked.url ?? '');
    if (owner === null || owner === worker) serveHere(asked, response);
    else passOn(owner, asked, response);
  });

  const door = createServer(serveHere);
  // Whoever passes on lets go of an idle connection first (Node's agent, after five seconds).
  door.keepAliveTimeout = IDLE_MS;
  door.listen({ path: socketOf(worker), exclusive: true }).unref();
  return () => {
    door.close();
    door.closeAllConnections();
  };
}

/** What a header says of one connection does not hold for the next: an end that the caller wants would cut the answer off. */
function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _connection, 'keep-alive': _keepAlive, ...others } = headers;
  return others;
}

/** The worker that has a session; null: the request belongs to none. */
function ownerOf(url: string): number | null {
  const [, owner] = /^\/socket\.io\/[^#]*[?&]sid=(\d{1,9})\./.exec(url) ?? [];
  return owner === undefined ? null : Number(owner);
}

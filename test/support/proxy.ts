/** A way to a database that a test can cut and mend: a TCP proxy on a free port of its own. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface DatabaseProxy {
  /** The database through the proxy, whatever else the server says of its addresses. */
  readonly uri: string;
  /** Ends every connection and refuses new ones. */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
}

/**
 * @param target address of one server, on TCP or on a Unix socket
 * @param options.cut begins with the way cut
 */
export async function openProxy(
  target: string,
  options: { readonly cut?: boolean } = {},
): Promise<DatabaseProxy> {
  const [, hosts = '', database = ''] = /^mongodb:\/\/([^/?]+)\/?([^?]*)/.exec(target) ?? [];
  const host = decodeURIComponent(hosts);
  const [name = '', port = '27017'] = host.split(':');
  const reach = (): Socket => (host.startsWith('/') ? connect(host) : connect(Number(port), name));
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let at = 0;

  const mend = async (): Promise<void> => {
    server = createServer((near) => {
      const far = reach();
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    at = (server.address() as AddressInfo).port;
  };
  const cut = async (): Promise<void> => {
    const closed = server === undefined ? undefined : once(server, 'close');
    server?.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    server = undefined;
  };

  await mend();
  if (options.cut) await cut();
  return { uri: `mongodb://127.0.0.1:${at}/${database}?directConnection=true`, cut, mend };
}

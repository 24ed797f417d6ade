/** What the driver has inside, as far as src/storage/fail-lost-writes.ts mends it. */
declare module 'mongodb/lib/cmap/connection.js' {
  import type { Socket } from 'node:net';

  export interface DriverConnection {
    readonly id: number | string;
    readonly address: string;
    readonly socket: Socket;
    writeCommand: (this: DriverConnection, ...parameters: unknown[]) => Promise<void>;
  }
  const exported: { readonly Connection: { readonly prototype: DriverConnection } };
  export default exported;
}

/** Mends the driver: a command written to a connection that has just been lost must fail, not wait for ever. */
import driver, { type DriverConnection } from 'mongodb/lib/cmap/connection.js';
import { mongo } from 'mongoose';

const mended = new WeakSet<DriverConnection>();

/**
 * The driver (7.8, 7.9) waits for `drain` when a socket takes no more, and a socket that has been destroyed never
 * drains. Between a socket's end and its `close` there is room for a command: it would never settle. Where that is
 * the monitor's heartbeat, the server is never looked at again, and the process stays without its database until
 * it is restarted.
 * Done once a process, for all clients.
 * @throws TypeError when the driver is built in another way than this knows
 */
export function failLostWrites(): void {
  const { prototype } = driver.Connection;
  if (mended.has(prototype)) return;
  const { writeCommand } = prototype;
  if (typeof writeCommand !== 'function') throw new TypeError('the driver has no writeCommand to mend');
  prototype.writeCommand = function (...parameters) {
    const { socket } = this;
    return new Promise((resolve, reject) => {
      const fail = (): void =>
        reject(
          new mongo.MongoNetworkError(`connection ${this.id} to ${this.address} closed while written to`),
        );
      socket.once('close', fail);
      writeCommand
        .apply(this, parameters)
        .then(resolve, reject)
        .finally(() => socket.off('close', fail));
    });
  };
  mended.add(prototype);
}

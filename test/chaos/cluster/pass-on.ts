import type { Socket } from 'node:net';

/** Ties two connections together: what comes on one goes out on the other, and they end together. */
export function passOn(near: Socket, far: Socket): void {
  for (const [socket, other] of [
    [near, far],
    [far, near],
  ] as const) {
    socket.on('error', () => other.destroy());
    socket.on('close', () => other.destroy());
    socket.pipe(other);
  }
}

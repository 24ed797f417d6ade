/** A way to the desk that holds packets up, tears them apart, and breaks: a TCP proxy on a free port of its own. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { NetworkFaults } from './plan.ts';

export interface FaultyNetwork {
  readonly url: string;
  /** Connections that it broke. */
  readonly cuts: () => number;
  /** From now on everything arrives at once; connections that were broken silently are ended. */
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

type Random = () => number;
/** `silent`: nothing comes back from the desk any more, and only later the connection ends. */
const ENDINGS = ['end', 'reset', 'silent'] as const;

const SILENT_FOR_MS = 2_000;
const LONG_DELAY_SHARE = 0.01;
const TORN_SHARE = 0.05;

export async function openFaultyNetwork(
  port: number,
  faults: NetworkFaults,
  random: Random,
): Promise<FaultyNetwork> {
  let mended = false;
  let cuts = 0;
  const ways = new Set<{ readonly cut: () => void; readonly mend: () => void }>();
  const drawDelay = (): number => {
    if (mended) return 0;
    return random() < LONG_DELAY_SHARE ? faults.longDelayMs : random() * faults.delayMs;
  };

  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let isSilent = false;
    const cut = (): void => {
      clearTimeout(timer);
      near.destroy();
      far.destroy();
      ways.delete(way);
    };
    const breakOff = (): void => {
      cuts += 1;
      const ending = ENDINGS[Math.floor(random() * ENDINGS.length)];
      if (ending === 'silent') {
        isSilent = true;
        timer = setTimeout(cut, SILENT_FOR_MS);
        return;
      }
      if (ending === 'reset') near.resetAndDestroy();
      cut();
    };
    const life = -Math.log(1 - random()) * faults.meanLifeMs;
    let timer = mended ? undefined : setTimeout(breakOff, life);
    const way = {
      cut,
      mend() {
        clearTimeout(timer);
        if (isSilent) cut();
      },
    };
    ways.add(way);
    carry(near, far, drawDelay, random, () => true);
    carry(far, near, drawDelay, random, () => !isSilent);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', cut);
      socket.on('close', cut);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts,
    mend() {
      mended = true;
      for (const way of ways) way.mend();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const way of ways) way.cut();
      await closed;
    },
  };
}

/** Bytes never overtake each other. What is still on its way when the connection breaks is gone. */
function carry(from: Socket, to: Socket, drawDelay: Random, random: Random, passes: () => boolean): void {
  let freeAt = 0;
  const send = (part: Buffer): void => {
    freeAt = Math.max(freeAt, performance.now() + drawDelay());
    setTimeout(() => passes() && to.writable && to.write(part), freeAt - performance.now());
  };
  from.on('data', (bytes: Buffer) => {
    const at = bytes.length > 1 && random() < TORN_SHARE ? 1 + Math.floor(random() * (bytes.length - 1)) : 0;
    if (at > 0) send(bytes.subarray(0, at));
    send(bytes.subarray(at));
  });
}

/** Who is connected in a room, on all nodes. */

/** A node that died is missing for some seconds: nobody waits for it longer than this, who is there is told at once. */
const ANSWERS_WITHIN_MS = 500;

/** What both a socket of this node and one of another have. */
interface Device {
  readonly data: unknown;
}
interface Room<Elsewhere> {
  readonly timeout: (ms: number) => { readonly fetchSockets: () => Promise<Elsewhere[]> };
}

/** With other nodes out of reach: those of this node. */
export async function listConnected<Elsewhere extends Device>(
  namespace: {
    readonly in: (room: string) => Room<Elsewhere>;
    readonly adapter: { readonly rooms: ReadonlyMap<string, ReadonlySet<string>> };
    readonly sockets: ReadonlyMap<string, { readonly data: Elsewhere['data'] }>;
  },
  room: string,
): Promise<{ readonly data: Elsewhere['data'] }[]> {
  try {
    return await namespace.in(room).timeout(ANSWERS_WITHIN_MS).fetchSockets();
  } catch {
    const here = [...(namespace.adapter.rooms.get(room) ?? [])];
    return here.flatMap((id) => namespace.sockets.get(id) ?? []);
  }
}

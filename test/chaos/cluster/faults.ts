/** What goes wrong in a desk of many nodes, drawn from a seed: every kind in turn, in another order each time. */
import { rm } from 'node:fs/promises';
import type { Redis } from '../../support/redis.ts';
import { WAYS } from './ground.ts';
import type { Node } from './nodes.ts';
import type { ClusterPlan } from './plan.ts';
import type { ClusterStore } from './store.ts';

export interface Fault {
  readonly kind: string;
  /** Whom it hits; empty: all. */
  readonly target: string;
  readonly begin: () => Promise<void>;
  /** From its beginning on the world is whole again. */
  readonly heal: () => Promise<void>;
}

export interface Faults {
  readonly kinds: readonly string[];
  readonly next: () => Fault;
}

export interface FaultsDeps {
  readonly nodes: readonly Node[];
  readonly store: ClusterStore;
  readonly redis: Redis;
  /** What Redis keeps. */
  readonly redisFolder: string;
  readonly plan: Pick<ClusterPlan, 'skewSeconds' | 'only'>;
  readonly random: () => number;
}

const nothing = async (): Promise<void> => undefined;
/** A clock is set by up to so much at once, beside what it is off. */
const STEP_SECONDS = 60;

export function createFaults(deps: FaultsDeps): Faults {
  const { nodes, store, redis, random } = deps;
  const draw = <One>(from: readonly One[]): One => from[Math.floor(random() * from.length)]!;
  const ofNode = (kind: string, make: (node: Node) => Pick<Fault, 'begin' | 'heal'>) => (): Fault => {
    const node = draw(nodes);
    return { kind, target: node.name, ...make(node) };
  };
  const ofAll = (kind: string, begin: () => Promise<void>, heal: () => Promise<void>) => (): Fault => ({
    kind,
    target: '',
    begin,
    heal,
  });
  const { process: own } = store;

  const makers = new Map<string, () => Fault>();
  const { only } = deps.plan;
  const add = (kind: string, make: (kind: string) => () => Fault): void => {
    if (only.length === 0 || only.some((part) => kind.includes(part))) makers.set(kind, make(kind));
  };
  add('a node is killed', (kind) =>
    ofNode(kind, (node) => ({ begin: node.kill, heal: async () => node.revive() })),
  );
  add('a node hangs', (kind) =>
    ofNode(kind, ({ program }) => ({
      begin: async () => program.signal('SIGSTOP'),
      heal: async () => program.signal('SIGCONT'),
    })),
  );
  for (const way of WAYS)
    add(`the way to ${way === 'redis' ? 'Redis' : `the ${way}`} is cut`, (kind) =>
      ofNode(kind, ({ site }) => ({
        begin: () => site.ways[way].cut(draw(['node', 'others'] as const)),
        heal: site.ways[way].mend,
      })),
    );
  add('Redis is killed', (kind) => ofAll(kind, redis.stop, redis.start));
  add('Redis loses all', (kind) =>
    ofAll(kind, redis.stop, async () => {
      await rm(`${deps.redisFolder}/appendonlydir`, { recursive: true, force: true });
      await redis.start();
    }),
  );
  add('Redis hangs', (kind) =>
    ofAll(
      kind,
      async () => redis.freeze(),
      async () => redis.thaw(),
    ),
  );
  if (own !== null) add('the store is killed', (kind) => ofAll(kind, own.kill, own.start));
  if (nodes.some(({ clock }) => clock !== null))
    add('a clock is set', (kind) =>
      ofNode(kind, ({ clock, name }) => ({
        async begin() {
          const usual = deps.plan.skewSeconds[nodes.findIndex((node) => node.name === name)] ?? 0;
          clock?.set(usual + Math.round((random() * 2 - 1) * STEP_SECONDS));
        },
        heal: nothing,
      })),
    );

  if (makers.size === 0) throw new Error(`No kind of fault is called like ${only.join(' or ')}.`);

  let bag: string[] = [];
  return {
    kinds: [...makers.keys()],
    next() {
      if (bag.length === 0) bag = [...makers.keys()];
      const [kind = ''] = bag.splice(Math.floor(random() * bag.length), 1);
      return makers.get(kind)!();
    },
  };
}

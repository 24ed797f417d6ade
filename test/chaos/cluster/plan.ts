/** How much a fault run of several nodes does, and how badly. */

export interface ClusterPlan {
  readonly seed: number;
  readonly nodes: number;
  readonly contacts: number;
  readonly agents: number;
  /** Of all contacts together; the answers of the bot and of the agents come on top. */
  readonly messages: number;
  /** Of all contacts together, in a second, when nothing is wrong. */
  readonly rate: number;
  /** Longest wait of an agent before the next act. */
  readonly agentPauseMs: number;
  /** One message in so many asks for a person. */
  readonly askForPersonEvery: number;
  /** Before whoever is gone loses the conversations. */
  readonly agentGraceSeconds: number;
  /** How many of those whose node dies stay away, and for how long. */
  readonly vanishShare: number;
  readonly vanishMs: number;
  /** Only faults whose kinds hold one of these; empty: every kind. */
  readonly only: readonly string[];
  /** How long a fault lasts. */
  readonly faultMs: readonly [shortest: number, longest: number];
  /** Between a fault that is healed and the next one. */
  readonly calmMs: readonly [shortest: number, longest: number];
  /** How far the clocks of the nodes are off, in seconds, one after the other. */
  readonly skewSeconds: readonly number[];
  /** How many faults come together with another. */
  readonly twoAtOnceShare: number;
  /** What takes longer than this after a fault has failed. */
  readonly recoverWithinMs: number;
  /** A run that takes longer than this for its messages has failed. */
  readonly patienceMs: number;
}

export const LONG: Omit<ClusterPlan, 'seed'> = {
  nodes: 3,
  contacts: 300,
  agents: 30,
  messages: 30_000,
  // A machine that has no time to spare takes long to recover, and that says nothing of faults: with 40 a second three
  // nodes, their store, Redis and all the people fill two cores without any fault.
  rate: 20,
  agentPauseMs: 1_000,
  askForPersonEvery: 25,
  agentGraceSeconds: 15,
  vanishShare: 0.2,
  vanishMs: 50_000,
  only: [],
  faultMs: [2_000, 12_000],
  calmMs: [1_000, 6_000],
  skewSeconds: [0, 90, -90],
  twoAtOnceShare: 0.2,
  recoverWithinMs: 10_000,
  patienceMs: 3_600_000,
};

export const SHORT: Omit<ClusterPlan, 'seed'> = {
  ...LONG,
  contacts: 12,
  agents: 3,
  messages: 300,
  rate: 6,
  askForPersonEvery: 8,
  agentGraceSeconds: 5,
  vanishMs: 20_000,
  faultMs: [500, 2_500],
  calmMs: [100, 500],
  twoAtOnceShare: 0.6,
  // Only told: the machine may be busy with other tests.
  recoverWithinMs: Number.POSITIVE_INFINITY,
  patienceMs: 240_000,
};

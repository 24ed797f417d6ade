/** How much a fault run does, and how badly. Faults are drawn from the seed; when they strike depends on the machine. */

export interface Plan {
  readonly seed: number;
  /** Devices, not contacts: some contacts have two. */
  readonly clients: number;
  /** One contact in so many has two devices. */
  readonly twoDevicesEvery: number;
  /** Of all contacts together; the bot's answers come on top. */
  readonly messages: number;
  /** The desk is killed so often, evenly over the messages. */
  readonly kills: number;
  readonly network: NetworkFaults;
  /** Longest wait of a device before its next message. */
  readonly pauseMs: number;
  /** One message in so many is sent twice at the same moment; as many are sent again long after. */
  readonly twiceEvery: number;
  /** One contact in so many asks to be called back: a dialogue of five messages that ends in a ticket. */
  readonly callbackEvery: number;
  /** A desk that needs longer than this for all of it, and for the answers that are left, has failed. */
  readonly patienceMs: number;
}

export interface NetworkFaults {
  /** A connection lives about so long. */
  readonly meanLifeMs: number;
  /** Each packet is held up for up to so long … */
  readonly delayMs: number;
  /** … and one in a hundred for so long. */
  readonly longDelayMs: number;
}

const COMMON = { twoDevicesEvery: 4, twiceEvery: 25, callbackEvery: 10 };

export const LONG: Omit<Plan, 'seed'> = {
  ...COMMON,
  clients: 200,
  messages: 20_000,
  kills: 10,
  network: { meanLifeMs: 6_000, delayMs: 30, longDelayMs: 400 },
  pauseMs: 200,
  patienceMs: 900_000,
};

export const SHORT: Omit<Plan, 'seed'> = {
  ...COMMON,
  clients: 25,
  messages: 500,
  kills: 2,
  network: { meanLifeMs: 3_000, delayMs: 20, longDelayMs: 200 },
  pauseMs: 100,
  patienceMs: 90_000,
};

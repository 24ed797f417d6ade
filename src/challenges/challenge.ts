/** Something to be proven before one is served: what a flood can be made to pay, and a person hardly notices. */
import type { Challenge } from '../kernel/app-error.ts';

/** How it is proven. Work of the device is one way; a captcha of somebody else would be another (decision 030). */
export interface Challenger {
  /** Something to solve, for whoever comes from this network alone. */
  readonly pose: (network: string) => Promise<Challenge>;
  /** Was it posed by this desk for this network, not too long ago, is it solved, and not used before? Uses it up. */
  readonly accept: (solution: string, network: string) => Promise<boolean>;
}

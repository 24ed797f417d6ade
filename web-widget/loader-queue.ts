/** What a host page and the loader share on `window`. */
import type { VssidHelp } from './embed-protocol.ts';

export interface HostPage {
  /** There once the loader has run. */
  VssidHelp?: VssidHelp;
  /** Tasks for the loader: an array until it is there, and done at once from then on. */
  VssidHelpQueue?: { push(task: (help: VssidHelp) => void): unknown };
}

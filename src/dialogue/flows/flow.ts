/** What a flow is: slots in the order asked, and the effect they end in. Data, read by run-flow.ts. */
import type { Choice } from '../../contracts/chat.ts';
import type { FlowId, FlowState, SlotName } from '../state.ts';
import type { Effect } from '../turn.ts';

export interface Slot {
  readonly name: SlotName;
  /** May be left out: "bỏ qua". */
  readonly optional: boolean;
  /** Not asked for: taken when the contact says it. */
  readonly isSilent: boolean;
  readonly label: string;
  readonly prompt: string;
  /** The question in one short line, after something else came in between. */
  readonly again: string;
  readonly repair: string;
  /** Said when somebody wants to leave out what is needed. */
  readonly lacking: string;
  /** Said to somebody who has none to give, with what can be done instead; where that is more than `lacking`. */
  readonly without: { readonly sentence: string; readonly choices: readonly Choice[] } | null;
  /** Ready answers. */
  readonly choices: readonly Choice[];
  /** How people call it when they want to change it, folded. */
  readonly names: RegExp;
}

/** What is told in one's own words, in which anything may be named. */
export const isTold = (step: FlowState['step']): boolean => step === 'content' || step === 'information';

export type SlotValues = FlowState['slots'];

export interface Flow {
  readonly id: FlowId;
  /** "gửi phản ánh": stands after "phần". */
  readonly name: string;
  readonly opening: string;
  readonly summary: string;
  readonly slots: readonly Slot[];
  /** Reads everything back before its effect; else it only looks something up. */
  readonly confirms: boolean;
  /** Words that ask for the flow and say nothing of the matter; null: the first message never holds its content. */
  readonly requestWords: ReadonlySet<string> | null;
  readonly toEffect: (values: SlotValues) => Effect;
}

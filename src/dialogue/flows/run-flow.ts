/** Runs any flow: asks for its slots in order, reads everything back, ends in its effect. */
import type { Scene } from '../answers.ts';
import { agentChoice, editChoice, flowChoice, setChoice } from '../choice-ids.ts';
import { copy } from '../copy.ts';
import { act, offering, type Speech, saying, speak } from '../reply.ts';
import type { Said } from '../said.ts';
import type { DialogueState, FlowState, Offer, SlotName } from '../state.ts';
import type { Turn } from '../turn.ts';
import { topicChoices } from '../unsure.ts';
import { FLOWS } from './all-flows.ts';
import type { Flow, Slot } from './flow.ts';
import { readAhead, readBackValue, readMatter, showValue } from './slot-values.ts';

export interface Running {
  readonly state: DialogueState;
  readonly flow: Flow;
  readonly at: FlowState;
}

/** After so many answers that were none a person is offered. */
export const MOST_REPAIRS = 3;

export function running(state: DialogueState): Running | null {
  return state.flow === null ? null : { state, flow: FLOWS[state.flow.id], at: state.flow };
}

/** Begins a flow with what the message already holds. */
export function beginFlow(state: DialogueState, flow: Flow, said: Said | null): Turn {
  const empty: FlowState = { id: flow.id, slots: {}, skipped: [], step: 'confirm', repairs: 0 };
  const fresh = { ...state, misses: 0, others: [] };
  const matter = said === null ? null : readMatter(said, flow);
  const hasContent = matter !== null && flow.slots.some(({ name }) => name === 'content');
  const begun = hasContent ? fill(empty, 'content', matter) : empty;
  const ahead = said === null ? begun : fillAhead(begun, flow, said);
  const heard = noted(flow, empty, ahead);
  return proceed({ state: fresh, flow, at: ahead }, [
    flow.opening === '' ? heard : [flow.opening, withoutYes(heard)].join(' ').trim(),
  ]);
}

export function fill(at: FlowState, slot: SlotName, value: string): FlowState {
  return {
    ...at,
    slots: { ...at.slots, [slot]: value },
    skipped: at.skipped.filter((name) => name !== slot),
    repairs: 0,
  };
}

/** Takes values for slots that are still open. */
export function fillAhead(at: FlowState, flow: Flow, said: Said): FlowState {
  return flow.slots.reduce((filled, { name }) => {
    if (filled.slots[name] !== undefined || filled.skipped.includes(name)) return filled;
    const value = readAhead(name, said, flow);
    return value === null ? filled : fill(filled, name, value);
  }, at);
}

/** "Dạ, em đã ghi: số điện thoại 0912•••678." Content is read back in the summary. */
export function noted(flow: Flow, before: FlowState, after: FlowState, except?: SlotName): string {
  const items = flow.slots.flatMap(({ name, label, isSilent }) => {
    const value = after.slots[name];
    if (value === undefined || isSilent || before.slots[name] !== undefined || name === except) return [];
    return [describe(name, label, value)];
  });
  return items.length === 0 ? '' : copy.flow.noted(items);
}

const LONGEST_QUOTE = 80;
/** All of it would not be read on a small screen. */
const LONGEST_SHOWN = 400;

/** "số điện thoại 0912•••678", "nội dung “…”" */
export function describe(name: SlotName, label: string, value: string): string {
  const shown = showValue(name, value);
  return copy.flow.slot(label, name === 'content' ? copy.flow.quote(shorten(shown, LONGEST_QUOTE)) : shown);
}

function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).trimEnd()}…`;
}

/** One "dạ" in a bubble is enough. */
const withoutYes = (sentence: string): string =>
  sentence.replace(/^Dạ, (.)/u, (_dạ, first: string) => first.toUpperCase());

/** Asks for the next slot; with none left reads back, or looks up. */
export function proceed({ state, flow, at }: Running, speech: Speech = []): Turn {
  const next = flow.slots.find(
    ({ name, isSilent }) => !isSilent && at.slots[name] === undefined && !at.skipped.includes(name),
  );
  if (next !== undefined) return ask({ state, flow, at }, next, speech);
  if (flow.confirms) return saying(speech, readBack({ state, flow, at }));
  return carryOut({ state, flow, at });
}

export function ask({ state, at }: Running, slot: Slot, speech: Speech = []): Turn {
  const step = { ...at, step: slot.name, repairs: 0 };
  return speak({ ...state, flow: step }, [...speech, slot.prompt], slotOffer(slot, state));
}

/** The code of a ticket that was just created need not be typed. */
export function slotOffer(slot: Slot, { lastCode }: DialogueState): Offer {
  const code = slot.name === 'code' && lastCode !== null ? setChoice('code', lastCode, lastCode) : null;
  return offering([
    code,
    ...slot.choices,
    ...(slot.optional && !slot.isSilent ? [flowChoice('skip')] : []),
    flowChoice('cancel'),
  ]);
}

const CONFIRM_OFFER = offering([flowChoice('confirm'), flowChoice('edit'), flowChoice('cancel')], {
  yes: 'flow:confirm',
  no: 'flow:edit',
});
const RETRY_OFFER = offering([flowChoice('retry'), flowChoice('cancel'), agentChoice()], {
  yes: 'flow:retry',
});

function readBack({ state, flow, at }: Running): Turn {
  const shown = flow.slots.filter(({ name, isSilent }) => !isSilent || at.slots[name] !== undefined);
  const rows = shown.map(({ name, label }) => {
    const value = at.slots[name];
    return {
      label,
      value: value === undefined ? copy.flow.notGiven : shorten(readBackValue(name, value), LONGEST_SHOWN),
    };
  });
  return speak(
    { ...state, flow: { ...at, step: 'confirm', repairs: 0 } },
    [{ kind: 'summary', title: flow.summary, rows }, copy.flow.check],
    CONFIRM_OFFER,
  );
}

/** Only with all that is required: a state from outside may lack something. */
export function carryOut({ state, flow, at }: Running): Turn {
  const missing = flow.slots.find(({ name, optional }) => !optional && at.slots[name] === undefined);
  if (missing !== undefined) return ask({ state, flow, at }, missing);
  return act({ ...state, flow: { ...at, step: 'sending', repairs: 0 } }, flow.toEffect(at.slots));
}

export function askWhatToEdit({ state, flow, at }: Running): Turn {
  const choices = flow.slots
    .filter(({ isSilent }) => !isSilent)
    .map(({ name, label }) => editChoice(name, label));
  return speak(
    { ...state, flow: { ...at, step: 'edit' } },
    [copy.flow.edit],
    offering([...choices, flowChoice('cancel')], { asked: true }),
  );
}

const OVER: readonly FlowState['step'][] = ['failed', 'missed', 'found', 'sending'];

/** Nothing of what was said would be lost. */
export function isLookup({ flow, at }: Running): boolean {
  return !flow.confirms && at.step !== 'information' && at.slots.information === undefined;
}

/** A lookup that is done, failed or found nothing holds nobody back. */
export function isLookupOver(now: Running): boolean {
  return isLookup(now) && OVER.includes(now.at.step);
}

/** What the flow waits for, in one line; said after something else came in between. */
export function resume({ state, flow, at }: Running, speech: Speech = []): Turn {
  const slot = flow.slots.find(({ name }) => name === at.step);
  if (slot !== undefined) {
    const line = copy.flow.resume(flow.name, slot.again);
    return speak({ ...state, flow: at }, [...speech, line], slotOffer(slot, state));
  }
  if (at.step === 'confirm' || at.step === 'edit') {
    const line = copy.flow.resume(flow.name, copy.flow.checkAgain);
    return speak({ ...state, flow: { ...at, step: 'confirm' } }, [...speech, line], CONFIRM_OFFER);
  }
  return saying(speech, sayFailed({ state, flow, at }));
}

/** The effect could not be carried out: everything is kept, to be tried again. */
export function sayFailed({ state, flow, at }: Running): Turn {
  const sentence = isLookup({ state, flow, at }) ? copy.flow.notLookedUp : copy.flow.notStored;
  return speak({ ...state, flow: { ...at, step: 'failed' } }, [sentence], RETRY_OFFER);
}

export function repair({ state, at }: Running, sentence: string, offer: Offer): Turn {
  const repairs = Math.min(at.repairs + 1, 99);
  const again = { ...state, flow: { ...at, repairs } };
  if (repairs < MOST_REPAIRS) return speak(again, [sentence], offer);
  const agent = agentChoice('flow-failed');
  return speak(again, [copy.flow.stuck], offering([agent, flowChoice('cancel'), ...offer.choices]));
}

export const confirmOffer = (): Offer => CONFIRM_OFFER;

export function cancelFlow(now: Running, scene: Scene): Turn {
  const { state, flow } = now;
  const sentence = flow.confirms
    ? copy.flow.cancelled(flow.name)
    : isLookup(now)
      ? copy.flow.lookupCancelled
      : copy.flow.nothingAdded;
  return speak({ ...state, flow: null }, [sentence], offering(topicChoices(scene)));
}

/** What a message means while a flow runs: an answer, a correction, a way out, or something else in between. */

import type { Choice } from '../../contracts/chat.ts';
import type { Scene } from '../answers.ts';
import { setChoice, type Tap } from '../choice-ids.ts';
import { copy } from '../copy.ts';
import {
  asksHowLong,
  asksWhyPhone,
  hasNoPhone,
  isAddition,
  isCancel,
  isGoOn,
  isNo,
  isRetry,
  isSkip,
  isYes,
  wantsToAdd,
} from '../expressions.ts';
import { offering, speak } from '../reply.ts';
import type { Said } from '../said.ts';
import { MAX_CONTENT, type SlotName } from '../state.ts';
import type { Turn, Understanding } from '../turn.ts';
import { findCorrection, findRemoval } from './corrections.ts';
import { digress, isFreeText } from './digress.ts';
import { isEmailUnclear, looksLikeEmail, suggestEmail } from './email-address.ts';
import { isTold, type Slot } from './flow.ts';
import {
  ask,
  askWhatToEdit,
  cancelFlow,
  carryOut,
  confirmOffer,
  describe,
  fill,
  fillAhead,
  isLookup,
  isLookupOver,
  MOST_REPAIRS,
  noted,
  proceed,
  type Running,
  repair,
  resume,
  sayFailed,
  slotOffer,
} from './run-flow.ts';
import { namesOffice, readAddition, readAnswer } from './slot-values.ts';

export interface Heard {
  readonly said: Said;
  readonly tap: Tap | null;
  readonly understanding: Understanding;
}

/** @returns null when the message has nothing to do with the flow, which then ends quietly. */
export function advanceFlow(now: Running, heard: Heard, scene: Scene): Turn | null {
  const { flow, at } = now;
  if (at.step === 'found') return onFound(now, heard);
  if (heard.tap !== null) return onTap(now, heard.tap, heard, scene);
  if (at.step === 'failed' || at.step === 'sending' || at.step === 'missed')
    return afterEffect(now, heard, scene);
  if (at.step === 'confirm' || at.step === 'edit') return onConfirm(now, heard, scene);
  const slot = flow.slots.find(({ name }) => name === at.step);
  return slot === undefined ? proceed(now) : onSlot(now, slot, heard, scene);
}

/** A ticket was shown: more may be told to it, else the matter is closed. */
function onFound(now: Running, { tap, said }: Heard): Turn | null {
  const slot = now.flow.slots.find(({ name }) => name === 'information');
  if (slot === undefined) return null;
  const text = tap === null ? readAddition(said, now.at.slots.code ?? null) : null;
  if (text !== null) return carryOut({ ...now, at: fill(now.at, slot.name, text) });
  const isWish = tap === null ? wantsToAdd(said) : tap.kind === 'flow' && tap.act === 'add';
  return isWish ? ask({ ...now, at: without(now, slot.name) }, slot) : null;
}

function onTap(now: Running, tap: Tap, heard: Heard, scene: Scene): Turn | null {
  const { flow, at } = now;
  switch (tap.kind) {
    case 'set':
      return setByChoice(now, tap.slot, tap.value);
    case 'edit': {
      const slot = flow.slots.find(({ name, isSilent }) => name === tap.slot && !isSilent);
      return slot === undefined ? resume(now) : ask({ ...now, at: without(now, slot.name) }, slot);
    }
    case 'location':
      return resume(now, [copy.offices.noPosition]);
    case 'flow':
      break;
    default:
      return isLookupOver(now) ? null : digress(now, heard, scene);
  }
  switch (tap.act) {
    case 'cancel':
      return cancelFlow(now, scene);
    case 'confirm':
      return at.step === 'confirm' ? carryOut(now) : resume(now);
    case 'retry':
      return at.step === 'failed' || at.step === 'sending' ? carryOut(now) : resume(now);
    case 'edit':
      return at.step === 'confirm' ? askWhatToEdit(now) : resume(now);
    case 'skip': {
      const slot = flow.slots.find(({ name }) => name === at.step);
      return slot?.optional ? skip(now, slot) : resume(now);
    }
    case 'continue':
    case 'add':
      return resume(now);
  }
}

function without({ at }: Running, slot: SlotName): Running['at'] {
  const { [slot]: _old, ...slots } = at.slots;
  return { ...at, slots, skipped: at.skipped.filter((name) => name !== slot) };
}

function setByChoice(now: Running, name: SlotName, value: string): Turn {
  const slot = now.flow.slots.find((other) => other.name === name);
  const offered =
    slot === undefined ? [] : [...slotOffer(slot, now.state).choices, ...(now.state.offer?.choices ?? [])];
  const choice = offered.find(({ id }) => id === `flow:set:${name}:${value}`);
  if (choice === undefined) return resume(now);
  return proceed({ ...now, at: fill(now.at, name, name === 'score' ? value : choice.label) });
}

function skip(now: Running, slot: Slot, sentence = ''): Turn {
  const skipped = [...now.at.skipped.filter((name) => name !== slot.name), slot.name];
  return proceed({ ...now, at: { ...now.at, skipped, repairs: 0 } }, [sentence]);
}

function onSlot(now: Running, slot: Slot, heard: Heard, scene: Scene): Turn | null {
  const { said } = heard;
  const emptied = isTold(now.at.step) ? null : leaveOut(now, said);
  if (emptied !== null) return emptied;
  if (slot.optional && !slot.isSilent && isSkip(said)) return skip(now, slot);
  if (isCancel(said) || (slot.isSilent && isSkip(said))) return cancelFlow(now, scene);
  if (slot.without !== null && hasNoPhone(said))
    return speak(now.state, [slot.without.sentence], offering(slot.without.choices));
  if (isSkip(said)) return repair(now, slot.lacking, slotOffer(slot, now.state));
  if (isGoOn(said)) return resume(now);
  const explained = explain(now, slot.name, said);
  if (explained !== null) return explained;
  const corrected = correct(now, said);
  if (corrected !== null) return corrected;
  if (isFreeText(now)) {
    const between = digress(now, heard, scene);
    if (between !== null) return between;
  }
  const isNoOffice = slot.name === 'office' && !namesOffice(said);
  const value = isNoOffice ? null : readAnswer(slot.name, said);
  const doubted = value === null ? null : doubtHost(now, slot, value);
  if (doubted !== null) return doubted;
  if (value !== null) return accept(now, slot, value, said);
  if ((slot.name === 'email' || slot.name === 'contact') && isEmailUnclear(said))
    return repair(now, copy.flow.emailUnclear, slotOffer(slot, now.state));
  const between = isFreeText(now) && !isNoOffice ? null : digress(now, heard, scene, isNoOffice);
  if (between !== null) return between;
  const ahead = takeAhead(now, slot, said);
  if (ahead !== now.at) return proceed({ ...now, at: ahead }, [noted(now.flow, now.at, ahead)]);
  if (slot.name === 'office' && now.at.repairs + 1 >= MOST_REPAIRS)
    return skip(now, slot, copy.flow.officeLeftOut);
  const isNumberless = slot.name === 'phone' && !/\d/.test(said.text);
  return repair(now, isNumberless ? copy.flow.phoneMissing : slot.repair, slotOffer(slot, now.state));
}

const WHY: Partial<Record<SlotName, string>> = {
  phone: copy.flow.whyPhone,
  email: copy.flow.whyEmail,
  contact: copy.flow.whyContact,
};

/** Why the number is asked for, or how long the matter takes; then it is asked for again. */
function explain(now: Running, slot: SlotName, said: Said): Turn | null {
  const why = WHY[slot];
  if (why === undefined || /\d/.test(said.text)) return null;
  if (asksWhyPhone(said)) return resume(now, [why]);
  return asksHowLong(said) ? resume(now, [copy.flow.howLong]) : null;
}

/** Once the story is told, any phone number or address given is the contact's own. */
function takeAhead({ at, flow }: Running, slot: Slot, said: Said): Running['at'] {
  const ahead = fillAhead(at, flow, said);
  if (slot.name !== 'office' && slot.name !== 'phone') return ahead;
  const own = flow.slots.flatMap(({ name }) => {
    const isOpen = ahead.slots[name] === undefined && name !== slot.name;
    const value = isOpen && (name === 'phone' || name === 'email') ? readAnswer(name, said) : null;
    return value === null ? [] : [{ name, value }];
  });
  const filled = own.reduce((rest, { name, value }) => fill(rest, name, value), ahead);
  return own.length === 0 ? ahead : { ...filled, repairs: at.repairs };
}

/** "@gmial.con": it is asked once whether a common host is meant; who writes the same again means it. */
function doubtHost(now: Running, slot: Slot, value: string): Turn | null {
  const isEmail = (slot.name === 'email' || slot.name === 'contact') && value.includes('@');
  const meant = isEmail ? suggestEmail(value) : null;
  if (meant === null) return null;
  const choice = setChoice(slot.name, 'meant', meant);
  if (choice.label !== meant || isOffered(now, choice)) return null;
  const at = { ...without(now, slot.name), step: slot.name, repairs: 0 };
  const { choices } = slotOffer(slot, now.state);
  const offer = offering([choice, ...choices], { yes: choice.id, no: 'flow:continue' });
  return speak({ ...now.state, flow: at }, [copy.flow.emailMeant(meant)], offer);
}

const isOffered = ({ state }: Running, { id, label }: Choice): boolean =>
  state.offer?.choices.some((other) => other.id === id && other.label === label) ?? false;

function accept(now: Running, slot: Slot, value: string, said: Said): Turn {
  const filled = fill(now.at, slot.name, value);
  const ahead = takeAhead({ ...now, at: filled }, slot, said);
  return proceed({ ...now, at: ahead }, [noted(now.flow, now.at, ahead, slot.name)]);
}

function correct(now: Running, said: Said): Turn | null {
  const correction = findCorrection(now.flow, now.at, said);
  if (correction === null) return null;
  const slot = now.flow.slots.find(({ name }) => name === correction.slot);
  if (slot === undefined) return null;
  if (correction.value === null) {
    if (slot.name === 'content' && !slot.names.test(said.folded)) return askWhatToEdit(now);
    const emptied = { ...now, at: { ...without(now, slot.name), repairs: 0 } };
    const isUnreadable = (slot.name === 'email' || slot.name === 'contact') && looksLikeEmail(said);
    if (!isUnreadable) return ask(emptied, slot);
    const asked = { ...emptied, at: { ...emptied.at, step: slot.name } };
    return repair(asked, copy.flow.emailUnclear, slotOffer(slot, now.state));
  }
  const doubted = doubtHost(now, slot, correction.value);
  if (doubted !== null) return doubted;
  const shown = describe(slot.name, slot.label, correction.value);
  const isFirst = now.at.slots[slot.name] === undefined && !now.at.skipped.includes(slot.name);
  const sentence = isFirst ? copy.flow.noted([shown]) : copy.flow.changed(shown);
  return proceed({ ...now, at: fill(now.at, slot.name, correction.value) }, [sentence]);
}

/** "bỏ email", "không có số điện thoại": a slot that need not be filled is emptied. */
function leaveOut(now: Running, said: Said): Turn | null {
  const slot = findRemoval(now.flow, said);
  if (slot === null) return null;
  const at = without(now, slot.name);
  const { phone, email } = at.slots;
  const hadContact = now.at.slots.phone !== undefined || now.at.slots.email !== undefined;
  const isLast = hadContact && phone === undefined && email === undefined;
  const sentence = copy.flow.leftOut(slot.label);
  return skip({ ...now, at }, slot, isLast ? `${sentence} ${copy.flow.noContactLeft}` : sentence);
}

function onConfirm(now: Running, heard: Heard, scene: Scene): Turn | null {
  const { said } = heard;
  if (now.at.step === 'confirm' && isYes(said)) return carryOut(now);
  if (isCancel(said)) return cancelFlow(now, scene);
  const changed = leaveOut(now, said) ?? correct(now, said);
  if (changed !== null) return changed;
  const longer = addToContent(now, said);
  if (longer !== null) return longer;
  if (now.at.step === 'edit' && isNo(said)) return proceed(now);
  if (
    isNo(said) ||
    /^(?:toi |em |minh |cho |muon )*(?:sua|sua lai|chinh|chinh sua|doi|sua di)$/.test(said.core)
  )
    return askWhatToEdit(now);
  const between = digress(now, heard, scene);
  if (between !== null) return between;
  if (now.at.step === 'edit') return askWhatToEdit(now);
  return repair(now, copy.flow.checkAgain, confirmOffer());
}

/** What occurs to somebody while it is read back goes behind what was said before. */
function addToContent(now: Running, said: Said): Turn | null {
  const slot = now.flow.slots.find(({ name }) => name === 'content');
  if (slot === undefined || !isAddition(said)) return null;
  const before = now.at.slots.content;
  const content = before === undefined ? said.text.trim() : `${before}\n${said.text.trim()}`;
  if (content.length > MAX_CONTENT) return null;
  return proceed({ ...now, at: fill(now.at, 'content', content) }, [copy.flow.added]);
}

/** The effect failed or found nothing: again, corrected, or something else. */
function afterEffect(now: Running, heard: Heard, scene: Scene): Turn | null {
  const { said } = heard;
  const { at } = now;
  if (at.step !== 'missed' && (isYes(said) || isRetry(said))) return carryOut(now);
  if (isCancel(said) || (at.step === 'failed' && isNo(said))) return cancelFlow(now, scene);
  const corrected = correct(now, said);
  if (corrected !== null) return corrected;
  if (isLookup(now)) return null;
  return digress(now, heard, scene) ?? sayFailed(now);
}

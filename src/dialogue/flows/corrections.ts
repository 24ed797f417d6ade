/** "à nhầm, số là 09…", "sửa số điện thoại", "không, quận 6 cơ": which slot is meant, and its new value. */
import { listen, type Said } from '../said.ts';
import type { FlowState, SlotName } from '../state.ts';
import { findCallTime } from './call-times.ts';
import { findEmail, isEmailUnclear, looksLikeEmail } from './email-address.ts';
import { type Flow, isTold, type Slot } from './flow.ts';
import { findPhone, readAhead, readAnswer } from './slot-values.ts';

export interface Correction {
  readonly slot: SlotName;
  /** null: the contact has not said yet what it should be. */
  readonly value: string | null;
}

const BEFORE =
  '(?:(?:a|o|u|oi|da|y|ua|thoi|xin loi|em|toi|minh|tui|cho|muon|can|hay|nho|lam on|khong|chet|quen) )*';
const MISTAKE = new RegExp(
  `^${BEFORE}(?:(?:viet|ghi|go|nhap|noi|danh|bam|dien|cho) )?(?:nham|lon|sai)\\b(?! pham)`,
);
const CHANGE = new RegExp(`^${BEFORE}(?:sua|doi|thay|chinh|cap nhat)(?: (?:lai|doi|sua))?\\b`);
const RATHER = /^(?:a |o |da )?khong\b|\b(?:moi dung|phai la|dung la|y toi la|y em la)\b/;
const LONGEST_OFFICE = 5;
/** A longer message is a story that begins with such a word. */
const LONGEST = 20;

/** Between the word that corrects and the value. */
const FILLERS: ReadonlySet<string> = new Set(
  `lai so dien thoai may lien he phone gio noi dung co quan don vi la thanh phai moi a o oi u da y cua toi minh em tui ten khung thoi gian
  luc goi cho nham lon sai sua doi thay chinh cap nhat diem ma phieu khong thi ra roi xin loi muon can viet ghi go nhap danh dien
  thong tin phan cai muc loi gop`.split(/\s+/),
);

export function findCorrection(flow: Flow, state: FlowState, said: Said): Correction | null {
  // What is added to a ticket may well be about a wrong number.
  if (said.words.length === 0 || said.words.length > LONGEST || state.step === 'information') return null;
  const isChange = CHANGE.test(said.folded);
  const isMarked = isChange || MISTAKE.test(said.folded);
  const isRather = RATHER.test(said.folded);
  const given = flow.slots.filter(
    ({ name }) => name !== state.step && (state.slots[name] !== undefined || state.skipped.includes(name)),
  );
  const isOpen =
    state.step === 'confirm' || state.step === 'edit' || state.step === 'failed' || state.step === 'missed';
  if (!isMarked && !isRather && !isOpen)
    return findBare(given, state, said) ?? findUnreadable(flow, state, said);
  const rest = restOf(said);
  // What is changed by its name may not have been asked for yet.
  const askable = flow.slots.filter(({ isSilent }) => !isSilent);
  const named =
    isMarked || isRather ? findNamed(isMarked && !isTold(state.step) ? askable : given, said) : undefined;
  if (named !== undefined) return { slot: named.name, value: readCorrected(named.name, said, rest) };
  const held = given.find(({ name }) => readHeld(name, said, flow) !== null);
  if (held !== undefined) {
    const value = readHeld(held.name, said, flow);
    return isMarked || isRather || value !== state.slots[held.name] ? { slot: held.name, value } : null;
  }
  const address = given.find(({ name }) => name === 'email' || name === 'contact');
  if (address !== undefined && isEmailUnclear(said)) return { slot: address.name, value: null };
  if (!isMarked || state.step === 'content') return null;
  const last = given.at(-1);
  if (last === undefined || isOpen) return null;
  // A story is not replaced by what may be meant for something else.
  if (last.name === 'content') return { slot: 'content', value: null };
  return { slot: last.name, value: rest === null ? null : readAnswer(last.name, rest) };
}

/** A phone number or an office alone, while something else is asked for, replaces the one given before. */
function findBare(given: readonly Slot[], state: FlowState, said: Said): Correction | null {
  if (given.some(({ name }) => name === 'callAt') && isOnlyTime(said))
    return { slot: 'callAt', value: readAnswer('callAt', said) };
  if (state.step === 'content') return null;
  const phone = given.some(({ name }) => name === 'phone') ? findPhone(said) : null;
  if (phone !== null && phone !== state.slots.phone) return { slot: 'phone', value: phone };
  const email = given.some(({ name }) => name === 'email') ? findEmail(said) : null;
  if (email !== null && email !== state.slots.email) return { slot: 'email', value: email };
  const isOffice = said.words.length <= LONGEST_OFFICE && said.entities.some(({ type }) => type === 'place');
  if (!isOffice || !given.some(({ name }) => name === 'office')) return null;
  return { slot: 'office', value: readAnswer('office', said) };
}

/** "bỏ số điện thoại", "không có email": what need not be given, and shall not be. */
export function findRemoval(flow: Flow, { core }: Said): Slot | null {
  const name = REMOVAL.exec(core)?.[1];
  if (name === undefined) return null;
  const named = flow.slots.find(({ names }) => names.exec(name)?.[0] === name);
  return named?.optional && !named.isSilent ? named : null;
}

const REMOVAL =
  /^(?:(?:thoi|a|o|da|u|toi|em|minh|tui|muon|cho|hay|nho|xin) )*(?:bo|xoa|go|bo qua|khong (?:co|dung|can|de lai|muon de lai|cho|muon cho)|khoi(?: de lai)?)(?: (?:di|luon|cai|phan|muc|dia chi))* (.+?)(?: (?:di|luon|ra|nhe|nha|cua|toi|em|minh|nua|dau|nao|ca|het|khoi phieu))*$/;

const MANY_DIGITS = /(?:\d[\s.-]?){6,}/;

/** "email hoa@gmail", while something else is asked for: the address is meant, and cannot be read. */
function findUnreadable(flow: Flow, state: FlowState, said: Said): Correction | null {
  if (isTold(state.step)) return null;
  const slot = flow.slots.find(
    ({ name, names }) =>
      name !== state.step &&
      ((name === 'email' && looksLikeEmail(said)) || (name === 'phone' && MANY_DIGITS.test(said.text))) &&
      said.folded.search(names) === 0,
  );
  return slot !== undefined && readAnswer(slot.name, said) === null ? { slot: slot.name, value: null } : null;
}

/** "tối nay 8h" is no matter to be helped with. */
function isOnlyTime(said: Said): boolean {
  return findCallTime(said)?.trim() === said.text.trim();
}

/** The slot that the message names; the longest name wins, so that "số" does not hide "mã số phiếu". */
function findNamed(given: readonly Slot[], { folded }: Said): Slot | undefined {
  return given
    .map((slot) => ({ slot, length: slot.names.exec(folded)?.[0].length ?? 0 }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length)[0]?.slot;
}

/** A value that shows by its form which slot it belongs to. */
function readHeld(slot: SlotName, said: Said, flow: Flow): string | null {
  if (slot === 'phone' || slot === 'email' || slot === 'contact') return readAnswer(slot, said);
  if (slot === 'office' || slot === 'place') {
    const place = said.entities.find(({ type }) => type === 'place');
    return readAhead(slot, said, flow) ?? place?.value ?? null;
  }
  return readAhead(slot, said, flow);
}

/** Known by their form wherever they stand. */
const BY_FORM: readonly SlotName[] = ['phone', 'email', 'contact', 'code'];

function readCorrected(slot: SlotName, said: Said, rest: Said | null): string | null {
  if (BY_FORM.includes(slot)) return readAnswer(slot, said);
  return rest === null ? null : readAnswer(slot, rest);
}

/** What stands behind the words that only say that something is wrong. */
function restOf({ words, text, entities }: Said): Said | null {
  const first = words.findIndex(({ folded }) => !folded.split(' ').every((word) => FILLERS.has(word)));
  if (first < 0) return null;
  const rest = text
    .slice(words[first]!.start)
    .replace(/^(?:sang|qua)\s+(?=\d|[sctb](?:áng|hiều|rưa|ối|uổi)|ngày|thứ)/iu, '')
    .replace(/[\s,]+(?:cơ|co|mới đúng|moi dung|chứ|chu|nhé|nha|ạ)\s*[.!]*$/iu, '');
  return listen(
    rest,
    entities.filter((entity) => rest.includes(entity.text)),
  );
}

/** What a message holds for a slot: as the answer to its question, or ahead of being asked. */
import { normalisePhone } from '../../answering/entities/phone-numbers.ts';
import { copy } from '../copy.ts';
import { isQuestion } from '../expressions.ts';
import { fold, listen, type Said } from '../said.ts';
import { MAX_CONTENT, type SlotName } from '../state.ts';
import { findCallTime, namesTime } from './call-times.ts';
import { findEmail, isBehindPhone } from './email-address.ts';
import type { Flow } from './flow.ts';

const LONGEST_WORDS = 200;

/** The answer to the slot's question; null: it is none. */
export function readAnswer(slot: SlotName, said: Said): string | null {
  switch (slot) {
    case 'phone':
      return findPhone(said);
    case 'email':
      return findEmail(said);
    case 'contact':
      return findPhone(said) ?? findEmail(said);
    case 'code':
      return findCode(said);
    case 'score':
      return findScore(said);
    case 'callAt':
      return readCallTime(said);
    case 'office':
      return readPlace(said);
    case 'place':
      return findPlace(said) ?? readPlace(said);
    case 'content':
      return readContent(said);
    case 'information':
      return readInformation(said);
    case 'addition':
      return readAddition(said, null);
    case 'matter':
      return findMatterKind(said);
  }
}

/** A value that the message clearly holds for a slot that was not asked for. */
export function readAhead(slot: SlotName, said: Said, flow: Flow): string | null {
  switch (slot) {
    case 'phone':
      return flow.id === 'support.complaint' ? findOwnPhone(said) : findPhoneEntity(said);
    case 'email':
      return findOwnEmail(said);
    case 'contact':
      return findPhoneEntity(said) ?? findEmail(said);
    case 'code':
      return said.entities.find(({ type }) => type === 'ticketCode')?.value ?? null;
    case 'score':
      return findMarkedScore(said);
    case 'callAt':
      return findCallTime(said);
    case 'office':
      return findOffice(said);
    case 'place':
      return findPlace(said);
    case 'matter':
      return findMatterKind(said);
    case 'addition':
      return readAddition(said, null);
    case 'content':
    case 'information':
      return null;
  }
}

/** The graver one where several are named. */
function findMatterKind({ folded }: Said): string | null {
  return copy.matters.find(([word]) => folded.includes(word))?.[1] ?? null;
}

const isSubscriber = (phone: string): boolean => /^0/.test(phone);

function findPhoneEntity({ entities }: Said): string | null {
  return entities.find(({ type, value }) => type === 'phone' && isSubscriber(value))?.value ?? null;
}

export function findPhone(said: Said): string | null {
  const known = findPhoneEntity(said);
  if (known !== null) return known;
  for (const [run] of said.text.matchAll(PHONE_LIKE)) {
    const phone = normalisePhone(run);
    if (phone !== null && isSubscriber(phone)) return phone;
  }
  return null;
}

const PHONE_LIKE = /\+?\d[\d .()-]{7,20}\d/g;

/** A complaint may be about a stranger's number: the contact's own is said to be. */
function findOwnPhone(said: Said): string | null {
  const named =
    /\b(?:so (?:dien thoai |may |lien he )?(?:cua )?(?:toi|minh|em|tui)|lien he(?: toi| minh| em)?|goi (?:lai )?(?:cho )?(?:toi|minh|em)|so dien thoai (?:la )?|sdt)\b/;
  return named.test(said.folded) ? findPhoneEntity(said) : null;
}

/** A complaint may be about somebody else's address: the contact's own is said to be. */
function findOwnEmail(said: Said): string | null {
  const named =
    /\b(?:(?:email|mail|gmail|hop thu) (?:cua )?(?:toi|minh|em|tui)|lien he (?:voi |lai )?(?:toi|minh|em|tui)|(?<!(?:khong|chua|da) )(?:tra loi|phan hoi)(?: (?:giup|dum|lai|cho|toi|minh|em|tui)){0,4} (?:qua|vao|ve|den) (?:email|mail|gmail|dia chi|hop thu))\b/;
  const isOwn = named.test(said.folded) || (findOwnPhone(said) !== null && isBehindPhone(said));
  return isOwn ? findEmail(said) : null;
}

const CODE = /(?<![a-z0-9])(pa|gy|gl|ch)[ -]?([2-9a-hjkmnp-z]{6})(?![a-z0-9])/i;

function findCode({ entities, text }: Said): string | null {
  const known = entities.find(({ type }) => type === 'ticketCode');
  if (known !== undefined) return known.value;
  const typed = CODE.exec(text);
  return typed === null ? null : `${typed[1]}-${typed[2]}`.toUpperCase();
}

const SCORE_WORDS: Readonly<Record<string, string>> = {
  mot: '1',
  hai: '2',
  ba: '3',
  bon: '4',
  tu: '4',
  nam: '5',
};
const OPINIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:rat khong hai long|qua te|rat te|te hai|te qua|cuc te)\b/, '1'],
  [/\b(?:khong hai long|chua hai long|te|kem)\b/, '2'],
  [/\b(?:binh thuong|tam duoc|tam|cung duoc|trung binh)\b/, '3'],
  [/\b(?:rat hai long|rat tot|tuyet voi|qua tot|xuat sac|tuyet)\b/, '5'],
  [/\b(?:hai long|tot|kha|on)\b/, '4'],
];
const LONGEST_OPINION = 8;

function findScore(said: Said): string | null {
  const marked = findMarkedScore(said);
  if (marked !== null) return marked;
  if (said.words.length > LONGEST_OPINION) return null;
  const figures = said.folded.match(/\d+/g) ?? [];
  if (figures.length > 0) return figures.length === 1 && /^[1-5]$/.test(figures[0]!) ? figures[0]! : null;
  const word = SCORE_WORDS[said.core];
  return word ?? OPINIONS.find(([pattern]) => pattern.test(said.folded))?.[1] ?? null;
}

/** "4 sao", "5 điểm", "5/5". */
function findMarkedScore({ text, folded }: Said): string | null {
  const figure = /(?<![\d/])([1-5]) ?\/ ?5(?!\d)/.exec(text)?.[1];
  if (figure !== undefined) return figure;
  const marked = /\b(?:([1-5])|(mot|hai|ba|bon|nam)) (?:sao|diem)\b/.exec(folded);
  return marked === null ? null : (marked[1] ?? SCORE_WORDS[marked[2]!] ?? null);
}

function readCallTime(said: Said): string | null {
  const clean = withoutPhones(said, '').trim();
  const rest = listen(clean, []);
  if (rest.words.length === 0 || !namesTime(rest)) return null;
  const whole = trimWords(clean);
  // "có gọi được buổi tối không?": of a question only the time is meant.
  if (isQuestion(rest)) return findCallTime(rest)?.slice(0, LONGEST_WORDS) ?? whole.slice(0, LONGEST_WORDS);
  if (whole.length <= LONGEST_WORDS && whole.length > 0) return whole;
  return findCallTime(rest)?.slice(0, LONGEST_WORDS) ?? null;
}

const OFFICE_WORDS =
  /\b(?:bhxh|bao hiem|co quan|cong ty|cty|doanh nghiep|xi nghiep|nha may|benh vien|bv|phong kham|tram y te|trung tam|tram|truong|buu dien|dai ly|uy ban|ubnd|quan|huyen|phuong|xa|tinh|thanh pho|tp|thi xa|thi tran|chi nhanh|van phong|phong|so y te|so lao dong|chi cuc|cuc|quay|ngan hang|hop tac xa|htx|diem thu|to chuc|don vi|cua hang|nha thuoc|cong an|bo phan)\b/;
/** In these such a word means something else. */
const NO_OFFICE_WORDS = /\b(?:lien quan|truong hop|quay lai|tinh tien|tinh hinh|xa hoi|xa qua|may tinh)\b/g;
const LONGEST_NAME = 5;

/** Does it name a place, or any kind of office? Else it is something other than the answer. */
export function namesOffice({ text, folded, words, entities }: Said): boolean {
  if (OFFICE_WORDS.test(folded.replace(NO_OFFICE_WORDS, '')) || entities.some(({ type }) => type === 'place'))
    return true;
  const isProper = [...text.matchAll(/\p{L}+/gu)].every(([word]) => /^\p{Lu}/u.test(word));
  return isProper && words.length >= 2 && words.length <= LONGEST_NAME && !/\d/.test(text);
}

const LONGEST_PLACE = 12;
/** Words that name no place. */
const EVERY_OFFICE: ReadonlySet<string> = new Set(
  `bhxh bao hiem xa hoi co quan van phong tru so o dau dia chi dien thoai cua tai cho la gi tim tra cuu em toi minh gan nhat day
  nay do kia nha biet khong hoi xem muon can noi`.split(/\s+/),
);

function readPlace(said: Said): string | null {
  const place = said.entities.find(({ type }) => type === 'place');
  if (place !== undefined && said.words.length > LONGEST_PLACE) return place.value;
  const named = trimWords(withoutPhones(said, ''))
    .replace(/^(?:(?:ở|o|tại|tai|là|la|thuộc|tìm|tim|cho tôi|cho em|của|không,|ko,|à|nhầm,?)\s+)+/iu, '')
    .replace(/\s+(?:ạ|a|nhé|nhe|nha|đi|cơ|co)$/iu, '')
    .replace(
      /[\s,;]+(?:số|so|sđt|sdt|đt|số điện thoại|so dien thoai)(?:\s+(?:của|cua|tôi|toi|em|mình|minh|là|la))*$/iu,
      '',
    );
  const says = listen(named).words.some(
    ({ folded }) => /^[a-z]{2,}|^[a-z]?\d+$/.test(folded) && !EVERY_OFFICE.has(folded),
  );
  return says && said.words.length <= LONGEST_PLACE && named.length <= LONGEST_WORDS ? named : null;
}

/** "phản ánh BHXH quận 6 trả chậm": a place behind the name of the agency. */
function findOffice({ text, entities }: Said): string | null {
  const place = entities.find(({ type }) => type === 'place');
  if (place === undefined) return null;
  const at = text.indexOf(place.text);
  const before = fold(text.slice(Math.max(0, at - 30), at));
  return /\b(?:bhxh|bao hiem|bao hiem xa hoi)(?: (?:tinh|thanh pho|tp|quan|huyen|thi xa|o|tai))*$/.test(
    before,
  )
    ? `BHXH ${place.value}`
    : null;
}

function findPlace({ text, entities }: Said): string | null {
  const places = entities.filter(({ type }) => type === 'place').map(({ value }) => value);
  if (places.length > 0) return places.slice(0, 3).join(', ');
  return (
    /(?:^|\s)((?:xã|phường|huyện|thị xã|thị trấn|tỉnh|thành phố|quận|tp\.?)\s+(?!nào|gì|đâu|mình|tôi|em|hội)\p{L}[\p{L}\d]*(?:\s+(?!ở|o|đâu|dau|nằm|là|thì|số|địa)\p{L}[\p{L}\d]*){0,3})/iu.exec(
      text,
    )?.[1] ?? null
  );
}

const FEWEST_LETTERS = 8;

function readContent(said: Said): string | null {
  const letters = said.text.match(/\p{L}/gu)?.length ?? 0;
  const isWords = said.words.filter(({ folded }) => /[a-z]/.test(folded)).length >= 2;
  if (letters < FEWEST_LETTERS && !(isWords && letters >= 5)) return null;
  const own = findOwnPhone(said) !== null;
  return (own ? withoutPhones(said, null) : said.text).trim().slice(0, MAX_CONTENT).trim() || null;
}

/** What is added may be a number alone. */
const readInformation = ({ text }: Said): string | null =>
  (text.match(/[\p{L}\p{N}•]/gu)?.length ?? 0) < FEWEST_CHARACTERS
    ? null
    : text.trim().slice(0, MAX_CONTENT).trim();
const FEWEST_CHARACTERS = 3;

const ADDITION =
  /^(?:(?:dạ|da|cho|tôi|toi|em|mình|minh|tui|muốn|muon|xin|cần|can|nhờ|nho)\s+)*(?:(?:bổ|bo)\s+sung|(?:gửi|gui|ghi|nhắn|nhan)\s+(?:thêm|them))(?<about>(?:\s+(?:thêm|them|cho|vào|vao|thông|thong|tin|nội|noi|dung|phiếu|phieu|mã|ma|số|so))*)(?:\s+(?<code>(?:pa|gy|gl|ch)[ -]?[2-9a-hjkmnp-z]{6}))?(?<mark>\s*[:,.–-]\s*|\s+(?:là|la|rằng|rang)\s+|\s+)(?<text>\S.*)$/isu;

/**
 * "bổ sung cho phiếu PA-7K3F9Q: …": what is to be added.
 * @param shown the ticket that was shown: without naming it more may be told to it, behind a colon
 */
export function readAddition(said: Said, shown: string | null): string | null {
  const { code, mark = '', text = '' } = ADDITION.exec(said.text)?.groups ?? {};
  const named = code === undefined ? null : findCode(said);
  const isMeant = shown === null ? named !== null : named === null ? mark.includes(':') : named === shown;
  return isMeant ? readInformation({ ...said, text }) : null;
}

/** The matter in the message that began the flow, when it says more than that a flow is wanted. */
export function readMatter(said: Said, flow: Flow): string | null {
  const { requestWords } = flow;
  if (requestWords === null) return readReason(said, flow);
  const rest = said.folded.split(' ').filter((word) => !requestWords.has(word));
  return rest.length >= FEWEST_WORDS && !asksHow(said) ? readContent(said) : null;
}

const FEWEST_WORDS = 3;
const asksHow = ({ text, folded }: Said): boolean =>
  text.includes('?') ||
  /\b(?:o dau|the nao|lam sao|nhu nao|cach nao|duoc khong|khi nao|bao lau|gui ai|voi ai|cho ai|gui dau)\b/.test(
    folded,
  );

/** "gọi lại cho tôi về việc mất thẻ": the matter stands behind these words. */
function readReason(said: Said, flow: Flow): string | null {
  if (!flow.slots.some(({ name }) => name === 'content')) return null;
  const reason =
    /(?:^|\s)(?:về (?:việc|vụ|chuyện)|ve (?:viec|vu|chuyen)|vụ|để hỏi|de hoi|để được hỗ trợ|hỏi về)\s+(.+)$/isu.exec(
      withoutPhones(said, ''),
    )?.[1];
  if (reason === undefined) return null;
  const time = findCallTime(listen(reason));
  const matter = trimWords(time === null ? reason : reason.replace(time, ' '));
  return matter.length >= FEWEST_LETTERS ? matter.slice(0, MAX_CONTENT) : null;
}

/** Phones taken out of the text, or masked in it. */
function withoutPhones({ text, entities }: Said, instead: '' | null): string {
  return entities
    .filter(({ type }) => type === 'phone')
    .reduce((rest, phone) => rest.split(phone.text).join(instead ?? maskPhone(phone.value)), text);
}

/** "0912•••678": enough to see whether it is the right one. */
export function maskPhone(phone: string): string {
  return phone.length < 8 ? '•••' : `${phone.slice(0, 4)}•••${phone.slice(-3)}`;
}

/** "t•••@gmail.com" */
function maskEmail(email: string): string {
  return email.replace(/^(.)[^@]*/u, '$1•••');
}

function maskPhones(text: string): string {
  return text.replace(PHONE_LIKE, (run) => {
    const phone = normalisePhone(run);
    return phone === null ? run : maskPhone(phone);
  });
}

function trimWords(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[\s,.;:!–-]+|[\s,.;:!–-]+$/g, '')
    .replace(/^(?:dạ|vâng|à|ờ|ừ|thì)[\s,]+/iu, '')
    .replace(/[\s,]+(?:ạ|nhé|nha|nhen|nghe em|em nhé)$/iu, '')
    .trim();
}

/** A slot's value as it is to be checked before it is sent: the contact's own address in full. */
export const readBackValue = (slot: SlotName, value: string): string =>
  slot === 'email' ? value : showValue(slot, value);

/** A slot's value as it is shown otherwise. */
export function showValue(slot: SlotName, value: string): string {
  if (slot === 'phone') return maskPhone(value);
  if (slot === 'email') return maskEmail(value);
  if (slot === 'contact') return value.includes('@') ? maskEmail(value) : maskPhone(value);
  if (slot === 'content') return maskPhones(value);
  if (slot === 'score') return copy.scores.find(([score]) => score === value)?.[1] ?? value;
  return value;
}

/** An e-mail address in what was typed: only one that cannot be the tail of a longer one. */
import { fold, type Said } from '../said.ts';

/** Also found by what an address must have, should a model have taken something else for one. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/;
const LONGEST_EMAIL = 200;

/** @returns null when there is none, or none that can be trusted */
export function findEmail(said: Said): string | null {
  const typed = findTyped(said);
  return typed !== null && isWhole(typed.before, said) ? typed.value : null;
}

/** An address was typed, but "nguyen van a @ gmail . com" may be "a@" as well as "nguyenvana@": it is asked for again. */
export function isEmailUnclear(said: Said): boolean {
  const typed = findTyped(said);
  return typed !== null && !isWhole(typed.before, said);
}

/** Meant as an address, whether or not it can be read as one. */
export const looksLikeEmail = ({ text, folded }: Said): boolean =>
  text.includes('@') || /\ba (?:cong|moc)\b|\w at \w/.test(folded);

/** An address right behind a phone number. */
export function isBehindPhone(said: Said): boolean {
  const typed = findTyped(said);
  return typed !== null && PHONE_BEFORE.test(typed.before);
}

function findTyped({ entities, text }: Said): { value: string; before: string } | null {
  const found = entities.find(
    ({ type, value }) => type === 'email' && value.length <= LONGEST_EMAIL && EMAIL.test(value),
  );
  if (found === undefined) return null;
  const at = text.indexOf(found.text.normalize('NFC'));
  return { value: found.value, before: text.slice(0, Math.max(0, at)) };
}

const OPENING = /(?:^|[\s:=(<["“'])$/u;
const PHONE_BEFORE = /[\d•][\d•. ]{5,}[\d•][\s,;/–-]+(?:(?:và|va|hoặc|hoac|email|mail|gmail)[\s:]+)*$/iu;
const CODE_BEFORE = /(?<![a-z0-9])(?:pa|gy|gl|ch)-[a-z0-9]{6}[\s,;:/–-]+$/i;
/** Behind these words an address begins. */
const LEAD =
  /(?:^| )(?:(?:email|em mail|mail|gmail|hop thu|dia chi|thu dien tu)(?: (?:cua|toi|em|minh|tui|moi|rieng|ca nhan|co quan|lien he|nhan|tra loi|day|nay|thi|la|thanh|sang|qua|lai|dung|phai|chinh|a))*|la|qua|vao|sang|ve|den|lai|va|hoac|gui|cho|nham|sua|doi)$/;
const COURTESY =
  /^(?:(?:da|vang|u|o|a|ok|co|roi|day|thi|em|oi|duoc|khong|phai|nhe|toi|muon|nhan|xin)(?: |$))+$/;
/** The end of a clause, rather than of the first part of a name. */
const CLAUSE = /\S[.,;!?]\s+$/u;
const FEWEST_IN_CLAUSE = 4;

function isWhole(before: string, { entities }: Said): boolean {
  if (!OPENING.test(before)) return false;
  const words = fold(before);
  if (words === '' || /[:\n(<["“]\s*$/u.test(before)) return true;
  if (PHONE_BEFORE.test(before) || CODE_BEFORE.test(before)) return true;
  if (LEAD.test(words) || COURTESY.test(words)) return true;
  if (!CLAUSE.test(before)) return false;
  const clause = before.trimEnd().slice(0, -1);
  return (
    words.split(' ').length >= FEWEST_IN_CLAUSE ||
    entities.some(({ type, text }) => type === 'place' && clause.endsWith(text))
  );
}

/** Written in haste, and no host of their own. */
const SLIPS_OF_NAME: Readonly<Record<string, string>> = {
  gmial: 'gmail',
  gmal: 'gmail',
  gmil: 'gmail',
  gmai: 'gmail',
  gamil: 'gmail',
  gmaill: 'gmail',
  gmaii: 'gmail',
  gmall: 'gmail',
  gimail: 'gmail',
  gnail: 'gmail',
  yaho: 'yahoo',
  yahooo: 'yahoo',
  yahho: 'yahoo',
  hotmial: 'hotmail',
  hotmai: 'hotmail',
  hotmal: 'hotmail',
  outlok: 'outlook',
  outloook: 'outlook',
  iclould: 'icloud',
  iclod: 'icloud',
};
const PROVIDERS: ReadonlySet<string> = new Set(Object.values(SLIPS_OF_NAME));
const SLIPS_OF_COM = /^(?:con|co|cm|cmo|om|vom|xom|comm|coom|cpm|ocm)$/;

/** "hoa@gmial.con" → "hoa@gmail.com"; null: the host is spelt well, or is none of the common ones. */
export function suggestEmail(email: string): string | null {
  const [local = '', host = ''] = email.split('@');
  const [typedName = '', ...ending] = host.split('.');
  const name = SLIPS_OF_NAME[typedName] ?? typedName;
  if (!PROVIDERS.has(name)) return null;
  const typedEnd = ending.join('.');
  const end = SLIPS_OF_COM.test(typedEnd) ? 'com' : typedEnd;
  const meant = `${local}@${name}.${end}`;
  return meant === email ? null : meant;
}

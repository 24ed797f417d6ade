/**
 * Vietnamese phone numbers: the shapes in which people write them, and one form for each.
 * Area codes: Quyết định 2036/QĐ-BTTTT (2016), with which every landline got eleven digits.
 */

/** Between two digits of one number: nothing, one separator with or without spaces round it, or a space. */
const SEPARATOR = '(?: ?[.\\-)] ?| )?';
const COUNTRY_CODE = `\\(?(?:(?:\\+|00) ?)?84\\)?${SEPARATOR}\\(?`;
const THREE_DIGIT_AREA = '0[3-9]|1[0-689]|2[0-25-9]|3[2-9]|5[124-9]|6[01239]|7[0-7]|9[0-4679]';

/** 0912 345 678, 09 12 34 56 78, (+84) 912.345.678, 84912345678 */
export const MOBILE = new RegExp(
  `(?<!\\d)(?:${COUNTRY_CODE}(?:0\\)?${SEPARATOR})?|\\(?0${SEPARATOR})[35789](?:${SEPARATOR}\\d){8}(?!\\d)`,
  'g',
);

/** (028) 39.000.111, 028.39000111, (84-28) 39000111, 0203 3 000 111 */
export const LANDLINE = new RegExp(
  `(?<!\\d)(?:${COUNTRY_CODE}|\\(?0${SEPARATOR})2(?:[48](?:${SEPARATOR}\\d)|${THREE_DIGIT_AREA})(?:${SEPARATOR}\\d){7}(?!\\d)`,
  'g',
);

/** 1900 xxxx, 1800xxxx, 1900 xxx xxx */
export const HOTLINE = new RegExp(`(?<!\\d)1[89]00(?:${SEPARATOR}\\d){4}(?:\\d\\d)?(?!\\d)`, 'g');

const NATIONAL = new RegExp(`^0(?:[35789]\\d{8}|2(?:[48]\\d|${THREE_DIGIT_AREA})\\d{7})$`);

/**
 * The national form of a number: "0912345678", "02839000111", "19009000".
 * @param written a number as it was typed, or its digits
 * @returns null when no Vietnamese phone has this number.
 */
export function normalisePhone(written: string): string | null {
  const digits = written.replace(/\D/g, '');
  if (isHotline(digits)) return digits;
  const national = digits.replace(/^(?:00)?84(?:0(?=\d{9,10}$)|(?=[2-9]\d{8,9}$))/, '0');
  return NATIONAL.test(national) ? national : null;
}

/** Ten digits that a mobile phone can have, so that context must say whether they are a BHXH number. */
export function isMobile(digits: string): boolean {
  return /^0[35789]\d{8}$/.test(digits);
}

/** 1900 and 1800 numbers have eight or ten digits and no area code. */
export function isHotline(digits: string): boolean {
  return /^1[89]00\d{4}(?:\d\d)?$/.test(digits);
}

/** The fields of an office as they are typed, and back as the desk wants them. */
import type {
  NewOffice,
  OfficeField,
  OfficeLevel,
  OfficeRecord,
} from '../../../src/contracts/office-directory.ts';
import { copy } from '../../copy.ts';
import { words } from './copy.ts';

export interface PhoneForm {
  readonly number: string;
  readonly extension: string;
}
export interface OfficeForm {
  readonly code: string;
  readonly name: string;
  readonly level: OfficeLevel;
  readonly province: string;
  readonly address: string;
  readonly phones: readonly PhoneForm[];
  readonly hours: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly parent: string | null;
  readonly aliases: readonly string[];
  readonly active: boolean;
}
export type FormField = OfficeField | 'code';
export type FormFaults = Readonly<Partial<Record<FormField, string>>>;

export const NEW_FORM: OfficeForm = {
  code: '',
  name: '',
  level: 'district',
  province: '',
  address: '',
  phones: [{ number: '', extension: '' }],
  hours: '',
  latitude: '',
  longitude: '',
  parent: null,
  aliases: [],
  active: true,
};

export function toForm(office: OfficeRecord): OfficeForm {
  return {
    code: office.code,
    name: office.name,
    level: office.level,
    province: office.province,
    address: office.address ?? '',
    phones: office.phones.map(({ number, extension = '' }) => ({ number, extension })),
    hours: office.hours ?? '',
    latitude: office.location === null ? '' : String(office.location.latitude),
    longitude: office.location === null ? '' : String(office.location.longitude),
    parent: office.parent,
    aliases: office.aliases,
    active: office.active,
  };
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/;
const PHONE = /^[\d+(). -]{3,30}$/;
const EXTENSION = /^\d[\d ,/-]{0,29}$/;
const FEWEST_DIGITS = 3;

/** @returns the office, or what is wrong with the fields */
export function readForm(form: OfficeForm): { readonly office: NewOffice } | { readonly faults: FormFaults } {
  const phones = form.phones
    .map(({ number, extension }) => ({ number: number.trim(), extension: extension.trim() }))
    .filter(({ number, extension }) => number !== '' || extension !== '');
  const location = readLocation(form);
  const faults: Partial<Record<FormField, string>> = {};
  for (const field of ['code', 'name', 'province'] as const)
    if (form[field].trim() === '') faults[field] = copy.failures.required;
  if (faults.code === undefined && !CODE.test(form.code.trim())) faults.code = words.codeMalformed;
  if (!phones.every(({ number }) => isPhone(number))) faults.phones = words.phoneMalformed;
  else if (!phones.every(({ extension }) => extension === '' || EXTENSION.test(extension)))
    faults.phones = words.extensionMalformed;
  if (location === undefined) faults.location = words.locationMalformed;
  if (form.aliases.some((alias) => /[|;]/.test(alias))) faults.aliases = words.aliasMalformed;
  if (location === undefined || Object.keys(faults).length > 0) return { faults };
  return {
    office: {
      code: form.code.trim(),
      name: form.name.trim(),
      level: form.level,
      province: form.province.trim(),
      address: form.address.trim() || null,
      phones: phones.map(({ number, extension }) => (extension === '' ? { number } : { number, extension })),
      hours: form.hours.trim() || null,
      location,
      parent: form.parent,
      aliases: [...form.aliases],
      active: form.active,
    },
  };
}

function isPhone(number: string): boolean {
  return PHONE.test(number) && number.replace(/\D/g, '').length >= FEWEST_DIGITS;
}

/** null: none was typed; undefined: what was typed is none. */
export function readLocation(
  form: Pick<OfficeForm, 'latitude' | 'longitude'>,
): NewOffice['location'] | undefined {
  const [north, east] = [form.latitude, form.longitude].map((typed) => typed.trim().replace(',', '.'));
  if (north === '' && east === '') return null;
  const location = { latitude: Number(north || Number.NaN), longitude: Number(east || Number.NaN) };
  return Math.abs(location.latitude) <= 90 && Math.abs(location.longitude) <= 180 ? location : undefined;
}

/** "10.7465, 106.6354", as a map gives it. */
export function splitPosition(
  pasted: string,
): { readonly latitude: string; readonly longitude: string } | null {
  const found = /^\s*\(?(-?\d{1,3}\.\d+)\s*[,;\s]\s*(-?\d{1,3}\.\d+)\)?\s*$/.exec(pasted);
  return found === null ? null : { latitude: found[1]!, longitude: found[2]! };
}

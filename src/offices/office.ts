/** An office of the agency, and the rules that hold for it whoever writes it down. */
import type { NewOffice, OfficeDraft, OfficeField, OfficeLevel } from '../contracts/office-directory.ts';
import type { Position } from '../contracts/offices.ts';

export interface Phone {
  readonly number: string;
  readonly extension?: string | undefined;
}

export interface Office {
  /** Names it for good. */
  readonly code: string;
  readonly name: string;
  readonly level: OfficeLevel;
  readonly province: string;
  readonly address: string | null;
  readonly phones: readonly Phone[];
  readonly hours: string | null;
  readonly location: Position | null;
  /** The code of the office above it. */
  readonly parent: string | null;
  /** Older names, and others that people use. */
  readonly aliases: readonly string[];
  /** Only active ones are told to contacts. */
  readonly active: boolean;
}

export interface StoredOffice extends Office {
  /** 1, 2, 3 … with every change. */
  readonly revision: number;
}

/** One that was found, and how far it is from where the contact is; null: nobody knows. */
export interface FoundOffice {
  readonly office: Office;
  readonly distanceM: number | null;
}

export const OFFICE_FIELDS = [
  'name',
  'level',
  'province',
  'address',
  'phones',
  'hours',
  'location',
  'parent',
  'aliases',
  'active',
] as const satisfies readonly OfficeField[];

/** The fields that differ. */
export function compareOffices(one: OfficeDraft | Office, other: OfficeDraft | Office): OfficeField[] {
  return OFFICE_FIELDS.filter((field) => write(one[field]) !== write(other[field]));
}

/** As text, whatever the order in which an object's fields were set. */
function write(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** More levels than the agency has. */
const MOST_LEVELS = 10;

/**
 * May the office stand below its parent?
 * @param parentOf the parent of the office with this code; undefined: there is no such office
 */
export function checkParent(
  { code, parent }: Pick<NewOffice, 'code' | 'parent'>,
  parentOf: (code: string) => string | null | undefined,
): 'fine' | 'missing' | 'circle' {
  let above = parent;
  for (let level = 0; above !== null && level < MOST_LEVELS; level++) {
    if (above === code) return 'circle';
    const next = parentOf(above);
    // Only its own parent is this office's business.
    if (next === undefined) return level === 0 ? 'missing' : 'fine';
    above = next;
  }
  return above === null ? 'fine' : 'circle';
}

const EARTH_RADIUS_M = 6_371_000;

/** As the crow flies. */
export function distanceBetween(one: Position, other: Position): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (a: number, b: number): number => Math.sin(radians(a - b) / 2) ** 2;
  const share =
    half(one.latitude, other.latitude) +
    Math.cos(radians(one.latitude)) *
      Math.cos(radians(other.latitude)) *
      half(one.longitude, other.longitude);
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(share))));
}

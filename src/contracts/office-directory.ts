/** The directory of offices as the staff keep it: `/api/v1/staff/offices`. */
import { z } from 'zod';
import { officePhone, position } from './offices.ts';

/** `basic`: the agency's offices below a province since districts were given up in 2025. */
export const officeLevel = z.enum(['central', 'province', 'district', 'basic']);
export type OfficeLevel = z.infer<typeof officeLevel>;

const line = (longest: number) => z.string().trim().min(1).max(longest);

/** Names the office for good; as the agency writes it. */
export const officeCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/);

const phone = z.strictObject({
  number: officePhone.shape.number.regex(/^[\d+(). -]{3,30}$/).regex(/\d[^\d]*\d[^\d]*\d/),
  extension: z
    .string()
    .regex(/^\d[\d ,/-]{0,29}$/)
    .optional(),
});

/** All that can be changed of an office. */
export const officeDraft = z.strictObject({
  name: line(150),
  level: officeLevel,
  province: line(80),
  address: line(300).nullable(),
  phones: z.array(phone).max(10),
  hours: line(200).nullable(),
  location: position.strict().nullable(),
  parent: officeCode.nullable().describe('The code of the office above it'),
  aliases: z
    .array(line(80).regex(/^[^|;\n]+$/))
    .max(30)
    .describe('Older names, and others that people use'),
  active: z.boolean().describe('Only active offices are told to contacts'),
});
export type OfficeDraft = z.infer<typeof officeDraft>;

export const newOffice = officeDraft.extend({ code: officeCode });
export type NewOffice = z.infer<typeof newOffice>;

export const officeRecord = newOffice.extend({
  revision: z.int().min(1).describe('To be given when it is changed: refused when there is a later one'),
});
export type OfficeRecord = z.infer<typeof officeRecord>;

const revision = officeRecord.shape.revision;
export const officeChange = z.strictObject({ revision, office: officeDraft });
export const officeRemoval = z.strictObject({ revision });

export const officeListQuery = z.strictObject({
  q: z.string().max(200).default(''),
  province: z.string().max(80).optional(),
  level: officeLevel.optional(),
  active: z.enum(['yes', 'no']).optional(),
  page: z
    .string()
    .regex(/^[1-9]\d{0,4}$/)
    .transform(Number)
    .default(1),
});
export const OFFICES_ON_A_PAGE = 50;

export type OfficePage = {
  readonly offices: readonly OfficeRecord[];
  /** That fit, on all pages. */
  readonly total: number;
  readonly pages: number;
  /** In the directory, whatever fits. */
  readonly all: number;
  readonly provinces: readonly string[];
};
/** Code and name of every office: what a parent is picked from. */
export type OfficeNames = { readonly offices: readonly { readonly code: string; readonly name: string }[] };

/** The name of the form's field that holds the table. */
export const OFFICE_TABLE_FIELD = 'file';
export const LARGEST_OFFICE_TABLE = 5 * 1024 * 1024;
export const MOST_TABLE_ROWS = 20_000;

/** A line of a table that would change something. */
const importRow = z.strictObject({
  office: newOffice,
  /** Of the office as the line was compared with it; null: there was none. */
  revision: revision.nullable(),
});
export type ImportRow = z.infer<typeof importRow>;

export type OfficeField = keyof OfficeDraft;

/** What a table would do, before it does anything. */
export type ImportPlan = {
  /** Parents before those below them. */
  readonly rows: readonly (ImportRow & {
    readonly line: number;
    /** What is different; empty for an office that is new. */
    readonly fields: readonly OfficeField[];
  })[];
  readonly unchanged: number;
  readonly faults: readonly {
    readonly line: number;
    /** The beginning of the line. */
    readonly text: string;
    /** What is wrong, and what to do. */
    readonly message: string;
  }[];
  /** Columns whose headers mean nothing here. */
  readonly unknownColumns: readonly string[];
};

/** Rows that are applied at once; the page sends one such lot after the other. */
export const ROWS_AT_ONCE = 50;
export const importLot = z.strictObject({
  /** Of the table, for the audit log. */
  name: z.string().max(200),
  rows: z.array(importRow).min(1).max(ROWS_AT_ONCE),
});
export type ImportLot = z.infer<typeof importLot>;
/** Codes by what became of them; those that are as wanted already are in none. */
export type ImportResult = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Changed by somebody else since the table was read. */
  readonly conflicts: readonly string[];
};

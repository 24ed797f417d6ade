/** Keeping the directory of offices: whoever changes it is named in the audit log. */
import type {
  ImportLot,
  ImportResult,
  NewOffice,
  OfficeDraft,
  OfficeLevel,
} from '../contracts/office-directory.ts';
import { AppError } from '../kernel/app-error.ts';
import { searchWords } from '../kernel/search-words.ts';
import type { LiveDirectory } from './live-directory.ts';
import { checkParent, compareOffices, type Office, type StoredOffice } from './office.ts';
import type { OfficeStore } from './office-store.ts';

/** Who changes it, and from where. */
export interface Editor {
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

export interface OfficesDeps {
  readonly store: OfficeStore;
  readonly directory: Pick<LiveDirectory, 'list' | 'refresh' | 'noteChange'>;
  readonly isStoreUp: () => boolean;
  /** Awaited: what cannot be logged is reported as failed. */
  readonly audit: (entry: {
    readonly actor: { readonly id: string; readonly name: string };
    readonly action: 'office.changed' | 'offices.imported';
    readonly subject: string;
    readonly details: Record<string, unknown>;
    readonly address: string;
  }) => Promise<unknown>;
  readonly now?: () => Date;
}

export interface OfficeFilter {
  readonly q: string;
  readonly province?: string | undefined;
  readonly level?: OfficeLevel | undefined;
  readonly active?: boolean | undefined;
}

export interface Offices {
  /** Fresh from the store, by province and name. @throws AppError `store_unavailable` */
  readonly list: (filter?: OfficeFilter) => Promise<StoredOffice[]>;
  /** @throws AppError `office_not_found`, `store_unavailable` */
  readonly get: (code: string) => Promise<StoredOffice>;
  /** @throws AppError `office_exists`, `office_parent`, `store_unavailable` */
  readonly create: (office: NewOffice, by: Editor) => Promise<StoredOffice>;
  /** @throws AppError `office_changed` when somebody was quicker, `office_not_found`, `office_parent`, `store_unavailable` */
  readonly change: (code: string, revision: number, draft: OfficeDraft, by: Editor) => Promise<StoredOffice>;
  /** @throws AppError `office_changed`, `office_has_others_below`, `office_not_found`, `store_unavailable` */
  readonly remove: (code: string, revision: number, by: Editor) => Promise<void>;
  /** Applies a lot of a table. May be repeated: what is as wanted already is left alone. @throws AppError `office_parent`, `store_unavailable` */
  readonly importLot: (lot: ImportLot, by: Editor) => Promise<ImportResult>;
}

export function createOffices(deps: OfficesDeps): Offices {
  const { store, directory, now = () => new Date() } = deps;

  const read = async (): Promise<ReadonlyMap<string, StoredOffice>> => {
    if (!deps.isStoreUp()) throw new AppError({ code: 'store_unavailable', message: 'directory of offices' });
    await directory.refresh();
    return new Map(directory.list().map((office) => [office.code, office]));
  };
  const demandParent = (office: NewOffice, parentOf: (code: string) => string | null | undefined): void => {
    const parent = checkParent(office, parentOf);
    if (parent !== 'fine')
      throw new AppError({ code: 'office_parent', message: parent, details: [office.code] });
  };
  const parentIn =
    (known: ReadonlyMap<string, StoredOffice>) =>
    (code: string): string | null | undefined =>
      known.get(code)?.parent;

  const note = async (code: string, from: object | null, to: object | null, by: Editor): Promise<void> => {
    await deps.audit({
      actor: { id: by.id, name: by.name },
      action: 'office.changed',
      subject: `office:${code}`,
      details: { from, to },
      address: by.address,
    });
  };
  const savedBy = ({ id }: Editor) => ({ by: id, at: now() });

  return {
    async list(filter = { q: '' }) {
      const all = [...(await read()).values()];
      const words = searchWords(filter.q);
      return all
        .filter((office) => fits(office, filter, words))
        .sort(
          (one, other) =>
            one.province.localeCompare(other.province, 'vi') ||
            one.name.localeCompare(other.name, 'vi', { numeric: true }),
        );
    },
    async get(code) {
      return (await read()).get(code) ?? missing(code);
    },
    async create(office, by) {
      const known = await read();
      demandParent(office, parentIn(known));
      if (!(await store.insert(office, savedBy(by))))
        throw new AppError({ code: 'office_exists', message: office.code });
      await directory.noteChange();
      await note(office.code, null, { ...office }, by);
      return { ...office, revision: 1 };
    },
    async change(code, revision, draft, by) {
      const known = await read();
      const before = known.get(code) ?? missing(code);
      const office = { code, ...draft };
      demandParent(office, parentIn(known));
      if (before.revision !== revision || !(await store.replace(revision, office, savedBy(by))))
        throw overtaken(code);
      await directory.noteChange();
      await note(code, ...differenceOf(before, office), by);
      return { ...office, revision: revision + 1 };
    },
    async remove(code, revision, by) {
      const known = await read();
      const before = known.get(code) ?? missing(code);
      const below = [...known.values()].filter(({ parent }) => parent === code);
      if (below.length > 0)
        throw new AppError({
          code: 'office_has_others_below',
          message: code,
          details: below.slice(0, 5).map(({ name }) => name),
        });
      if (!(await store.remove(code, revision))) throw overtaken(code);
      await directory.noteChange();
      const { revision: _, ...from } = before;
      await note(code, from, null, by);
    },
    async importLot({ name, rows }, by) {
      const known = new Map(await read());
      for (const { office } of rows)
        demandParent(office, (code) => {
          const inLot = rows.find((row) => row.office.code === code)?.office;
          return inLot === undefined ? known.get(code)?.parent : inLot.parent;
        });
      const added: string[] = [];
      const changed: { path: string; from: object; to: object }[] = [];
      const conflicts: string[] = [];
      for (const { office, revision } of rows) {
        const before = known.get(office.code);
        if (before !== undefined && compareOffices(before, office).length === 0) continue;
        const { code } = office;
        if (before?.revision !== (revision ?? undefined)) conflicts.push(code);
        else if (before === undefined) {
          if (await store.insert(office, savedBy(by))) added.push(code);
          else conflicts.push(code);
        } else if (await store.replace(before.revision, office, savedBy(by))) {
          const [from, to] = differenceOf(before, office);
          changed.push({ path: code, from, to });
        } else conflicts.push(code);
      }
      if (added.length + changed.length > 0) {
        await directory.noteChange();
        await deps.audit({
          actor: { id: by.id, name: by.name },
          action: 'offices.imported',
          subject: 'offices',
          details: { table: name, added, changed },
          address: by.address,
        });
      }
      return { added, changed: changed.map(({ path }) => path), conflicts };
    },
  };
}

function fits(office: StoredOffice, filter: OfficeFilter, words: readonly string[]): boolean {
  const { province, level, active } = filter;
  if (province !== undefined && office.province !== province) return false;
  if (level !== undefined && office.level !== level) return false;
  if (active !== undefined && office.active !== active) return false;
  if (words.length === 0) return true;
  const { code, name, address, phones, aliases } = office;
  const numbers = phones.flatMap(({ number }) => [number, number.replace(/\D/g, '')]);
  const said = searchWords([code, name, office.province, address, ...aliases, ...numbers].join(' ')).join(
    ' ',
  );
  return words.every((word) => said.includes(word));
}

/** Of both the fields that differ. */
function differenceOf(before: Office, after: Office): [from: object, to: object] {
  const fields = compareOffices(before, after);
  const pick = (office: Office): object => Object.fromEntries(fields.map((field) => [field, office[field]]));
  return [pick(before), pick(after)];
}

function missing(code: string): never {
  throw new AppError({ code: 'office_not_found', message: code });
}

function overtaken(code: string): AppError {
  return new AppError({ code: 'office_changed', message: code });
}

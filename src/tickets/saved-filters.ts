/** Filters that somebody keeps under a name, for oneself or for all of the staff. */
import type { SavedFilterDraft } from '../contracts/tickets.ts';
import { AppError } from '../kernel/app-error.ts';

export interface SavedFilterOfStaff extends SavedFilterDraft {
  readonly id: string;
  /** The account that made it. */
  readonly owner: string;
}

export interface SavedFiltersDeps {
  readonly store: {
    /** Those of the account and those that are shared. */
    readonly list: (account: string) => Promise<readonly SavedFilterOfStaff[]>;
    readonly insert: (draft: SavedFilterDraft, owner: string) => Promise<SavedFilterOfStaff>;
    /** @param orShared also one of somebody else, if it is shared. @returns whether there was one */
    readonly remove: (id: string, owner: string, orShared: boolean) => Promise<boolean>;
  };
}

export interface SavedFilters {
  readonly list: (account: string) => Promise<readonly SavedFilterOfStaff[]>;
  readonly save: (draft: SavedFilterDraft, account: string) => Promise<SavedFilterOfStaff>;
  /** One's own; who oversees may remove what is shared by others. @throws AppError `filter_not_found` */
  readonly remove: (id: string, account: string, oversees: boolean) => Promise<void>;
}

export function createSavedFilters({ store }: SavedFiltersDeps): SavedFilters {
  return {
    async list(account) {
      const filters = await store.list(account);
      return filters.toSorted((one, other) => one.name.localeCompare(other.name, 'vi'));
    },
    save: store.insert,
    async remove(id, account, oversees) {
      if (!(await store.remove(id, account, oversees)))
        throw new AppError({ code: 'filter_not_found', message: id });
    },
  };
}

/** Every migration of the product, in the order of their numbers. Never changed once released; only added to. */
import type { Migration } from './migrations.ts';

/** None yet: what is stored today is stored in its first shape. */
export const MIGRATIONS: readonly Migration[] = [];

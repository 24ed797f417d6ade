/** What lies behind the inbox is fetched before it is wanted: the desk may be away by then. */
import {
  loadCloseDialog,
  loadEarlierDialog,
  loadTakeOverDialog,
  loadTransferDialog,
} from './load-dialogs.ts';

export const loadPane = () => import('./conversation-pane.tsx');

const IN_ORDER = [
  loadPane,
  () => import('../../shell/shown-later.ts'),
  loadCloseDialog,
  loadTransferDialog,
  loadTakeOverDialog,
  loadEarlierDialog,
];

/** One after the other. */
export async function loadAhead(): Promise<void> {
  try {
    for (const load of IN_ORDER) await load();
  } catch {
    // Whoever opens it tries again, and is told.
  }
}

/** The dialogs of a conversation, each in a file of its own. */
export const loadTransferDialog = () => import('./transfer-dialog.tsx');
export const loadCloseDialog = () => import('./close-dialog.tsx');
export const loadTakeOverDialog = () => import('./take-over-dialog.tsx');
export const loadEarlierDialog = () => import('./earlier-dialog.tsx');

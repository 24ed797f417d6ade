/** Parts of the shell that nobody sees in the first moment, in one file of the bundle. */
export { Notifications } from '@mantine/notifications';
export { ConfirmDialog } from './confirm-dialog.tsx';
export { KeyList } from './key-list.tsx';
export { OwnMenu } from './own-menu.tsx';

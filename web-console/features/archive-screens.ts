/** The screens of the archive, in a file of the bundle of their own: few open them. */
export { ArchiveScreen } from './archive/archive-screen.tsx';
export { ArchivedScreen } from './archive/archived-screen.tsx';

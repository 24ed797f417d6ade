/** The screens where the bot is taught, in one file of the bundle: they share nearly everything. */
export { DraftScreen } from './curation/draft-screen.tsx';
export { DraftsScreen } from './curation/drafts-screen.tsx';
export { EntriesScreen } from './curation/entries-screen.tsx';
export { EntryScreen } from './curation/entry-screen.tsx';
export { LexiconScreen } from './curation/lexicon-screen.tsx';
export { ReleasesScreen } from './curation/releases-screen.tsx';

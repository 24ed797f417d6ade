/** Address → screen. Screens are loaded when they are opened. */
import { type ComponentType, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import type { Permission } from '../src/contracts/permissions.ts';
import { NotFoundPage } from './shell/error-pages.tsx';
import { lazily } from './shell/load-later.ts';
import { useHome } from './shell/navigation.ts';
import { ScreenGate } from './shell/screen-gate.tsx';
import { ScreenSkeleton } from './shell/screen-skeleton.tsx';
import { SignedInShell } from './shell/signed-in-shell.tsx';

const InboxScreen = lazily(
  () => import('./features/conversations/inbox-screen.tsx'),
  (file) => file.InboxScreen,
);
const BoardScreen = lazily(
  () => import('./features/board/board-screen.tsx'),
  (file) => file.BoardScreen,
);
const AnalyticsScreen = lazily(
  () => import('./features/analytics-screens.ts'),
  (file) => file.AnalyticsScreen,
);
const HotlineScreen = lazily(
  () => import('./features/calls/hotline-screen.tsx'),
  (file) => file.HotlineScreen,
);
const LinkScreen = lazily(
  () => import('./features/auth/auth-screens.ts'),
  (file) => file.LinkScreen,
);
const tickets = () => import('./features/ticket-screens.ts');
const TicketsScreen = lazily(tickets, (file) => file.TicketsScreen);
const TicketsBoard = lazily(tickets, (file) => file.TicketsBoard);
const TicketScreen = lazily(tickets, (file) => file.TicketScreen);
const curation = () => import('./features/curation-screens.ts');
const EntriesScreen = lazily(curation, (file) => file.EntriesScreen);
const EntryScreen = lazily(curation, (file) => file.EntryScreen);
const LexiconScreen = lazily(curation, (file) => file.LexiconScreen);
const DraftsScreen = lazily(curation, (file) => file.DraftsScreen);
const DraftScreen = lazily(curation, (file) => file.DraftScreen);
const ReleasesScreen = lazily(curation, (file) => file.ReleasesScreen);
const gathered = () => import('./features/gathered-screens.ts');
const UnansweredScreen = lazily(gathered, (file) => file.UnansweredScreen);
const DoctorScreen = lazily(gathered, (file) => file.DoctorScreen);
const office = () => import('./features/office-screens.ts');
const CannedScreen = lazily(office, (file) => file.CannedScreen);
const IncidentsScreen = lazily(office, (file) => file.IncidentsScreen);
const OfficesScreen = lazily(office, (file) => file.OfficesScreen);
const archive = () => import('./features/archive-screens.ts');
const ArchiveScreen = lazily(archive, (file) => file.ArchiveScreen);
const ArchivedScreen = lazily(archive, (file) => file.ArchivedScreen);
const AccountsScreen = lazily(office, (file) => file.AccountsScreen);
const AuditScreen = lazily(office, (file) => file.AuditScreen);
const SettingsScreen = lazily(office, (file) => file.SettingsScreen);
const ProfileScreen = lazily(office, (file) => file.ProfileScreen);

export function ConsoleRoutes() {
  return (
    <Routes>
      <Route path="/link" element={shown(LinkScreen)} />
      <Route element={<SignedInShell />}>
        <Route index element={<Home />} />
        <Route path="/inbox/:id?" element={shown(InboxScreen, 'conversations.read')} />
        <Route path="/tickets" element={shown(TicketsScreen, 'tickets.read')} />
        <Route path="/tickets/board" element={shown(TicketsBoard, 'tickets.read')} />
        <Route path="/tickets/:code" element={shown(TicketScreen, 'tickets.read')} />
        <Route path="/board" element={shown(BoardScreen, 'board.read')} />
        <Route path="/analytics" element={shown(AnalyticsScreen, 'analytics.read')} />
        <Route path="/hotline/:id?" element={shown(HotlineScreen, 'calls.handle')} />
        <Route path="/curation" element={<Navigate to="/curation/entries" replace />} />
        <Route path="/curation/entries" element={shown(EntriesScreen, 'corpus.read')} />
        <Route path="/curation/entries/:id" element={shown(EntryScreen, 'corpus.read')} />
        <Route path="/curation/lexicon" element={shown(LexiconScreen, 'corpus.read')} />
        <Route path="/curation/drafts" element={shown(DraftsScreen, 'corpus.read')} />
        <Route path="/curation/drafts/:id" element={shown(DraftScreen, 'corpus.read')} />
        <Route path="/curation/releases" element={shown(ReleasesScreen, 'corpus.read')} />
        <Route path="/curation/unanswered" element={shown(UnansweredScreen, 'unanswered.read')} />
        <Route path="/curation/doctor" element={shown(DoctorScreen, 'corpus.read')} />
        <Route path="/canned" element={shown(CannedScreen, 'canned.read')} />
        <Route path="/offices" element={shown(OfficesScreen, 'offices.read')} />
        <Route path="/incidents" element={shown(IncidentsScreen, 'incidents.read')} />
        <Route path="/archive" element={shown(ArchiveScreen, 'archive.search')} />
        <Route path="/archive/:id" element={shown(ArchivedScreen, 'conversations.read')} />
        <Route path="/accounts" element={shown(AccountsScreen, 'accounts.read')} />
        <Route path="/audit" element={shown(AuditScreen, 'audit.read')} />
        <Route path="/settings" element={shown(SettingsScreen, 'settings.read')} />
        <Route path="/me" element={shown(ProfileScreen)} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}

function shown(Screen: ComponentType, permission?: Permission) {
  const screen = (
    <Suspense fallback={<ScreenSkeleton />}>
      <Screen />
    </Suspense>
  );
  return permission === undefined ? screen : <ScreenGate permission={permission}>{screen}</ScreenGate>;
}

/** The first screen that the person may open. */
function Home() {
  return <Navigate to={useHome()} replace />;
}

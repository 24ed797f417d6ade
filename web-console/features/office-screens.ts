/**
 * The screens that are opened now and then, in one file of the bundle: with a file for each, what they share falls
 * into dozens of small ones, and the first load pays for that.
 */
export { AccountsScreen } from './accounts/accounts-screen.tsx';
export { AuditScreen } from './audit/audit-screen.tsx';
export { ProfileScreen } from './auth/profile-screen.tsx';
export { CannedScreen } from './canned/canned-screen.tsx';
export { IncidentsScreen } from './incidents/incidents-screen.tsx';
export { OfficesScreen } from './offices/offices-screen.tsx';
export { SettingsScreen } from './settings/settings-screen.tsx';

/** Where one can go in the console, and who. */

import IconArchive from '@tabler/icons-react/icons/IconArchive';
import IconBook from '@tabler/icons-react/icons/IconBook';
import IconOffices from '@tabler/icons-react/icons/IconBuildingCommunity';
import IconAnalytics from '@tabler/icons-react/icons/IconChartHistogram';
import IconHistory from '@tabler/icons-react/icons/IconHistory';
import IconDashboard from '@tabler/icons-react/icons/IconLayoutDashboard';
import IconUnanswered from '@tabler/icons-react/icons/IconMessageQuestion';
import IconMessages from '@tabler/icons-react/icons/IconMessages';
import IconPhone from '@tabler/icons-react/icons/IconPhone';
import IconSettings from '@tabler/icons-react/icons/IconSettings';
import IconSpeakerphone from '@tabler/icons-react/icons/IconSpeakerphone';
import IconTemplate from '@tabler/icons-react/icons/IconTemplate';
import IconTicket from '@tabler/icons-react/icons/IconTicket';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import type { ComponentType } from 'react';
import type { Permission } from '../../src/contracts/permissions.ts';
import { copy } from '../copy.ts';
import { NoticedCount } from '../features/incidents/incident-line.tsx';
import { OpenCount } from '../features/unanswered/open-count.tsx';
import { useSession } from '../session.tsx';

export interface Destination {
  readonly path: string;
  readonly label: string;
  readonly Icon: typeof IconMessages;
  readonly permission: Permission;
  /** How much waits there. */
  readonly Count?: ComponentType;
}

/** The first one that a person may open is home. */
const DESTINATIONS: readonly Destination[] = [
  { path: '/inbox', label: copy.navigation.inbox, Icon: IconMessages, permission: 'conversations.read' },
  { path: '/tickets', label: copy.navigation.tickets, Icon: IconTicket, permission: 'tickets.read' },
  { path: '/board', label: copy.navigation.board, Icon: IconDashboard, permission: 'board.read' },
  {
    path: '/analytics',
    label: copy.navigation.analytics,
    Icon: IconAnalytics,
    permission: 'analytics.read',
  },
  { path: '/hotline', label: copy.navigation.hotline, Icon: IconPhone, permission: 'calls.handle' },
  { path: '/curation', label: copy.navigation.curation, Icon: IconBook, permission: 'corpus.read' },
  {
    path: '/curation/unanswered',
    label: copy.navigation.unanswered,
    Icon: IconUnanswered,
    permission: 'unanswered.read',
    Count: OpenCount,
  },
  { path: '/canned', label: copy.navigation.canned, Icon: IconTemplate, permission: 'canned.read' },
  { path: '/offices', label: copy.navigation.offices, Icon: IconOffices, permission: 'offices.read' },
  {
    path: '/incidents',
    label: copy.navigation.incidents,
    Icon: IconSpeakerphone,
    permission: 'incidents.read',
    Count: NoticedCount,
  },
  { path: '/archive', label: copy.navigation.archive, Icon: IconArchive, permission: 'archive.search' },
  { path: '/accounts', label: copy.navigation.accounts, Icon: IconUsers, permission: 'accounts.read' },
  { path: '/audit', label: copy.navigation.audit, Icon: IconHistory, permission: 'audit.read' },
  { path: '/settings', label: copy.navigation.settings, Icon: IconSettings, permission: 'settings.read' },
];

/** The ones the person's role may open. */
export function useDestinations(): readonly Destination[] {
  const { may } = useSession();
  return DESTINATIONS.filter(({ permission }) => may(permission));
}

/** Where the person's work begins. */
export function useHome(): string {
  return useDestinations()[0]?.path ?? '/me';
}

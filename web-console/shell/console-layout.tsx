import { Avatar, Burger, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { copy } from '../copy.ts';
import { LinkBanner } from '../features/conversations/link-banner.tsx';
import { PresenceSwitch } from '../features/conversations/presence-switch.tsx';
import { IncidentLine } from '../features/incidents/incident-line.tsx';
import { ShortcutSheet } from '../keyboard.tsx';
import { useSession } from '../session.tsx';
import { lazily } from './load-later.ts';
import { useDestinations } from './navigation.ts';

const OwnMenu = lazily(
  () => import('./shown-later.ts'),
  (file) => file.OwnMenu,
);

/** What stands around every screen: the rail of destinations, presence, the person's own menu. */
export function ConsoleLayout() {
  const { account, may } = useSession();
  const [isMenuOpen, menu] = useDisclosure();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: wherever one goes, the menu has done its work
  useEffect(() => menu.close(), [pathname]);
  return (
    <div className="console-shell">
      <a href="#main" className="console-skip">
        {copy.navigation.skip}
      </a>
      <section className="console-header" aria-label={copy.navigation.header}>
        <Burger
          opened={isMenuOpen}
          onClick={menu.toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label={copy.navigation.menu}
          aria-expanded={isMenuOpen}
          aria-controls="rail"
        />
        <img src="/icon.svg" alt="" width={28} height={28} />
        <Text fw={650} visibleFrom="xs" truncate>
          {copy.product}
        </Text>
        <div className="console-header-end">
          {may('conversations.handle') && <PresenceSwitch />}
          <Suspense fallback={<Avatar name={account.name} color="sea" variant="filled" size={36} />}>
            <OwnMenu />
          </Suspense>
        </div>
      </section>
      {may('conversations.read') && <LinkBanner />}
      <IncidentLine />
      <nav
        id="rail"
        className="console-rail"
        data-open={isMenuOpen || undefined}
        aria-label={copy.navigation.title}
      >
        <Destinations />
      </nav>
      <main id="main" tabIndex={-1} className="console-main">
        <Outlet />
      </main>
      <ShortcutSheet />
    </div>
  );
}

function Destinations() {
  const { pathname } = useLocation();
  const destinations = useDestinations();
  // Of two that fit the longer one: one place may lie within another.
  const here = destinations
    .filter(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return destinations.map(({ path, label, Icon, Count }) => {
    const isHere = path === here?.path;
    return (
      <Link
        key={path}
        to={path}
        title={label}
        aria-label={label}
        aria-current={isHere ? 'page' : undefined}
        className="console-rail-link"
      >
        <Icon size={22} stroke={1.7} aria-hidden />
        <span>{label}</span>
        {Count !== undefined && <Count />}
      </Link>
    );
  });
}

import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { unstable_HistoryRouter as HistoryRouter } from 'react-router';
import { createQueryClient } from './query-client.ts';
import { ConsoleRoutes } from './routes.tsx';
import { SessionProvider } from './session.tsx';
import { ConfirmPlace } from './shell/confirm.tsx';
import { createGuardedHistory } from './shell/guarded-history.ts';
import { lazily } from './shell/load-later.ts';
import { colorSchemes, resolveColors, theme } from './theme.ts';

/** Notices that were given before it is there wait for it. */
const Notifications = lazily(
  () => import('./shell/shown-later.ts'),
  (file) => file.Notifications,
);

const queries = createQueryClient();
const history = createGuardedHistory();

/** The whole console. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      cssVariablesResolver={resolveColors}
    >
      <QueryClientProvider client={queries}>
        <Suspense fallback={null}>
          <Notifications position="top-center" autoClose={6_000} />
        </Suspense>
        <SessionProvider>
          <HistoryRouter basename="/console" history={history}>
            <ConsoleRoutes />
          </HistoryRouter>
        </SessionProvider>
        <ConfirmPlace />
      </QueryClientProvider>
    </MantineProvider>
  );
}

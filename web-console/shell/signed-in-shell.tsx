import { Center, Loader } from '@mantine/core';
import { Suspense } from 'react';
import { copy } from '../copy.ts';
import { useSessionState } from '../session.tsx';
import { DeskConnection } from '../sync/desk-connection.tsx';
import { ConsoleLayout } from './console-layout.tsx';
import { lazily } from './load-later.ts';
import { LoadFailed } from './states.tsx';

const SignInScreen = lazily(
  () => import('../features/auth/auth-screens.ts'),
  (file) => file.SignInScreen,
);
const ChangePasswordScreen = lazily(
  () => import('../features/auth/auth-screens.ts'),
  (file) => file.ChangePasswordScreen,
);

/** Everything but redeeming a link wants somebody who is signed in; the address stays what it is meanwhile. */
export function SignedInShell() {
  const state = useSessionState();
  switch (state.kind) {
    case 'loading':
      return <Opening />;
    case 'failed':
      return (
        <Center mih="100dvh" p="lg" component="main">
          <LoadFailed error={state.error} retry={state.retry} />
        </Center>
      );
    case 'signedOut':
      return (
        <Suspense fallback={<Opening />}>
          <SignInScreen wasLost={state.lost} enter={state.enter} />
        </Suspense>
      );
    case 'signedIn':
      return state.session.mustChangePassword ? (
        <Suspense fallback={<Opening />}>
          <ChangePasswordScreen />
        </Suspense>
      ) : (
        <DeskConnection>
          <ConsoleLayout />
        </DeskConnection>
      );
  }
}

function Opening() {
  return (
    <Center mih="100dvh" role="status" aria-label={copy.states.loading}>
      <Loader />
    </Center>
  );
}

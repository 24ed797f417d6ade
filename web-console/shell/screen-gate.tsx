import type { ReactNode } from 'react';
import type { Permission } from '../../src/contracts/permissions.ts';
import { useSession } from '../session.tsx';
import { ForbiddenPage } from './error-pages.tsx';

/** Shows the screen to those who may see it. The desk decides anew at every request; this is courtesy. */
export function ScreenGate(props: { readonly permission: Permission; readonly children: ReactNode }) {
  const { may } = useSession();
  return may(props.permission) ? props.children : <ForbiddenPage />;
}

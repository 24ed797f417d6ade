/** Who is signed in, and what the desk allows that person. */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { Permission } from '../src/contracts/permissions.ts';
import type { AccountView, SessionView } from '../src/contracts/staff.ts';
import { api, isApiError, onRefusal } from './api.ts';

export interface Session {
  readonly account: AccountView;
  readonly permissions: readonly Permission[];
  readonly may: (permission: Permission) => boolean;
  readonly mustChangePassword: boolean;
  /** Reads it again: name, role or password have changed. */
  readonly refresh: () => Promise<void>;
  /** Ends it, unless somebody who guards it (`useSignOutGuard`) says no. */
  readonly signOut: () => Promise<void>;
  /** The desk has ended it: to the sign-in screen, from where it goes on at the same address. */
  readonly lose: () => void;
}

/** `failed`: the desk could not be asked. `lost`: it was there, and the desk ended it. */
export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error; readonly retry: () => void }
  | { readonly kind: 'signedOut'; readonly lost: boolean; readonly enter: (view: SessionView) => void }
  | { readonly kind: 'signedIn'; readonly session: Session };

type Known =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'signedOut'; readonly lost: boolean }
  | { readonly kind: 'signedIn'; readonly view: SessionView };

type SignOutGuard = () => Promise<boolean>;
interface SessionValue {
  readonly state: SessionState;
  readonly guards: Set<SignOutGuard>;
}

const SessionContext = createContext<SessionValue | null>(null);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [known, setKnown] = useState<Known>({ kind: 'loading' });
  const [guards] = useState(() => new Set<SignOutGuard>());
  const cache = useQueryClient();

  const actions = useMemo(() => {
    const read = async (): Promise<void> => {
      try {
        setKnown({ kind: 'signedIn', view: await api.get<SessionView>('session') });
      } catch (error) {
        const isSignedOut = isApiError(error) && error.code === 'signed_out';
        // An account that is at work is not thrown out because the network is away.
        setKnown((before) =>
          isSignedOut
            ? {
                kind: 'signedOut',
                lost: before.kind === 'signedIn' || (before.kind === 'signedOut' && before.lost),
              }
            : before.kind === 'signedIn'
              ? before
              : { kind: 'failed', error: error as Error },
        );
      }
    };
    const leave = (lost: boolean): void => {
      cache.clear();
      setKnown({ kind: 'signedOut', lost });
    };
    return { read, leave };
  }, [cache]);

  useEffect(() => {
    void actions.read();
  }, [actions]);
  const isSignedIn = useRef(false);
  useEffect(() => {
    isSignedIn.current = known.kind === 'signedIn';
  });
  useEffect(
    () =>
      onRefusal((refusal) => {
        if (!isSignedIn.current) return;
        if (refusal === 'signed_out') actions.leave(true);
        else void actions.read();
      }),
    [actions],
  );

  const value = useMemo<SessionValue>(() => {
    switch (known.kind) {
      case 'loading':
        return { guards, state: known };
      case 'failed':
        return { guards, state: { ...known, retry: () => void actions.read() } };
      case 'signedOut':
        return {
          guards,
          state: { ...known, enter: (view) => setKnown({ kind: 'signedIn', view }) },
        };
      case 'signedIn': {
        const { account, permissions, mustChangePassword } = known.view;
        const session: Session = {
          account,
          permissions,
          mustChangePassword,
          may: (permission) => permissions.includes(permission),
          refresh: actions.read,
          lose: () => actions.leave(true),
          async signOut() {
            for (const guard of guards) if (!(await guard())) return;
            await api.post('sign-out');
            actions.leave(false);
          },
        };
        return { guards, state: { kind: 'signedIn', session } };
      }
    }
  }, [known, guards, actions]);
  return <SessionContext value={value}>{children}</SessionContext>;
}

function useSessionValue(): SessionValue {
  const value = useContext(SessionContext);
  if (value === null) throw new Error('SessionProvider is missing');
  return value;
}

/** Whether somebody is signed in. */
export function useSessionState(): SessionState {
  return useSessionValue().state;
}

/** Who is signed in. @throws Error outside the signed-in part of the console */
export function useSession(): Session {
  const { state } = useSessionValue();
  if (state.kind !== 'signedIn') throw new Error('nobody is signed in');
  return state.session;
}

/** Asked before signing out: false keeps the person signed in, as when messages wait to be sent. */
export function useSignOutGuard(guard: SignOutGuard): void {
  const { guards } = useSessionValue();
  const latest = useRef(guard);
  useEffect(() => {
    latest.current = guard;
  });
  useEffect(() => {
    const ask: SignOutGuard = () => latest.current();
    guards.add(ask);
    return () => {
      guards.delete(ask);
    };
  }, [guards]);
}

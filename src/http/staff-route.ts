/** The endpoints of the staff: each names who may call it, and all are mounted in one place. */
import { type Request, type Response, Router } from 'express';
import { mayRole, type Permission, type StaffMember } from '../contracts/permissions.ts';
import { AppError } from '../kernel/app-error.ts';

interface Address {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1/staff. */
  readonly path: string;
}
/** For whoever is not signed in yet. */
interface PublicRoute extends Address {
  readonly permission: 'public';
  readonly handle: (request: Request, response: Response) => Promise<void> | void;
}
interface GuardedRoute extends Address {
  /** `signedIn`: everybody of the staff. */
  readonly permission: Permission | 'signedIn';
  /** Also while a one-time password waits to be changed. */
  readonly beforePasswordChange?: true;
  readonly handle: (request: Request, response: Response, staff: StaffMember) => Promise<void> | void;
}
export type StaffRoute = PublicRoute | GuardedRoute;

export interface StaffRouterDeps {
  readonly routes: readonly StaffRoute[];
  /** By the session cookie; null: nobody. */
  readonly findStaff: (request: Request) => Promise<StaffMember | null>;
}

/**
 * Mounts the routes. Whatever changes something is taken from this site's own pages only.
 * @throws AppError in a request: `cross_site`, `signed_out`, `password_change_required`, `forbidden`
 */
export function createStaffRouter({ routes, findStaff }: StaffRouterDeps): Router {
  const router = Router();
  router.use((request, response, next) => {
    response.set('cache-control', 'no-store');
    if (request.method !== 'GET' && !isSameSite(request.headers, request.host))
      throw new AppError({ code: 'cross_site', message: request.get('origin') ?? 'no origin' });
    next();
  });
  for (const route of routes) {
    router[route.method](route.path, async (request, response) => {
      if (route.permission === 'public') return route.handle(request, response);
      const { path, permission, beforePasswordChange, handle } = route;
      const staff = await findStaff(request);
      if (staff === null) throw new AppError({ code: 'signed_out', message: path });
      if (staff.mustChangePassword && !beforePasswordChange)
        throw new AppError({ code: 'password_change_required', message: path });
      if (permission !== 'signedIn' && !mayRole(staff.role, permission))
        throw new AppError({ code: 'forbidden', message: `${staff.role} may not ${permission}` });
      return handle(request, response, staff);
    });
  }
  return router;
}

/**
 * Does a request come from a page of this site? Browsers say so themselves (Fetch Metadata); older ones name the
 * origin of the page. Who says neither is no browser page, and has no cookie of one.
 */
export function isSameSite(
  headers: { readonly 'sec-fetch-site'?: unknown; readonly origin?: string | undefined },
  host: string,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === host;
}

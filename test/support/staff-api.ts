/** The HTTP application with the endpoints of a few rooms, and somebody of the staff who calls them. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Router } from 'express';
import type { Role } from '../../src/contracts/permissions.ts';
import { createHttpApp } from '../../src/http/http-app.ts';
import { createStaffRouter, type StaffRoute } from '../../src/http/staff-route.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { ROOT } from './corpus.ts';

export interface StaffApi {
  readonly url: string;
  /** Calls an endpoint below /api/v1/staff. */
  readonly call: (
    method: string,
    path: string,
    body?: object,
  ) => Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  /** Who calls from now on. */
  readonly become: (role: Role) => void;
  readonly stop: () => Promise<void>;
}

export const LAN = { id: 'a'.repeat(24), name: 'Lan', address: '10.0.0.1' } as const;

export async function startStaffApi(routes: {
  readonly staff: readonly StaffRoute[];
  readonly api?: readonly Router[];
}): Promise<StaffApi> {
  let role: Role = 'admin';
  const findStaff = async () => ({ ...LAN, role, session: 's', mustChangePassword: false });
  const app = createHttpApp({
    logger: createLogger('silent'),
    apiRoutes: routes.api ?? [],
    staff: createStaffRouter({ routes: routes.staff, findStaff }),
    console: Router(),
    staticFolders: [],
    ticketPage: path.join(ROOT, 'web-widget', 'public', 'ticket.html'),
    chat: { page: path.join(ROOT, 'web-widget', 'public', 'widget.html'), allowedOrigins: [] },
    notReadyReasons: () => [],
    isStoreAway: () => false,
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    become(other) {
      role = other;
    },
    async call(method, at, body) {
      const response = await fetch(`${url}/api/v1/staff${at}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

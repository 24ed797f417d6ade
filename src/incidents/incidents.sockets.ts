/** Facts of incidents → those who are connected to this node. Every node follows the store, and tells its own. */
import type { Namespace } from 'socket.io';
import { CHAT_NAMESPACE } from '../contracts/chat.ts';
import { STAFF_NAMESPACE } from '../contracts/console.ts';
import type { BannerFacts, IncidentNotice } from '../contracts/incidents.ts';
import { mayRole } from '../contracts/permissions.ts';
import type { SocketServer } from '../realtime/socket-server.ts';
import type { StaffNamespace } from '../realtime/staff-namespace.ts';
import type { LiveIncidents } from './live-incidents.ts';
import { nameSuspicion, type TitleOf } from './present-incident.ts';

export interface IncidentSocketsDeps {
  readonly sockets: SocketServer;
  readonly live: Pick<LiveIncidents, 'banners' | 'events'>;
  readonly titleOf: TitleOf;
}

export function tellIncidents({ sockets, live, titleOf }: IncidentSocketsDeps): void {
  const chat: Namespace<Record<string, never>, BannerFacts> = sockets.of(CHAT_NAMESPACE);
  const staff: StaffNamespace = sockets.of(STAFF_NAMESPACE);

  // Also where there is none: a page that was away may still show one that is over.
  chat.on('connection', (socket) => {
    socket.emit('banners:changed', live.banners());
  });
  live.events.on('banners', (banners) => {
    chat.local.emit('banners:changed', banners);
  });

  const tellManagers = (notice: IncidentNotice): void => {
    for (const socket of staff.sockets.values())
      if (mayRole(socket.data.staff.role, 'incidents.manage')) socket.emit('incident:noticed', notice);
  };
  live.events.on('changed', () => {
    staff.local.emit('incidents:changed');
  });
  live.events.on('noticed', (suspicion) =>
    tellManagers({ kind: 'noticed', id: suspicion.id, title: nameSuspicion(suspicion, titleOf) }),
  );
  live.events.on('reminded', ({ id, title }) => tellManagers({ kind: 'overdue', id, title }));
}

/** Incidents over REST: read by all of the staff, opened and ended by supervisors; and the banners, by everybody. */
import { Router } from 'express';
import {
  type BannerList,
  changeIncidentRequest,
  type IncidentDetail,
  type IncidentIntents,
  type IncidentList,
  type IncidentsNow,
  type IncidentView,
  openIncidentRequest,
  tellRequest,
} from '../contracts/incidents.ts';
import { parseBody } from '../http/parse-request.ts';
import { refuseOtherMethods } from '../http/refuse-other-methods.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Incidents } from './incidents.ts';
import type { LiveIncidents } from './live-incidents.ts';
import { presentDetail, presentIncident, presentSuspicion, type TitleOf } from './present-incident.ts';

export interface IncidentRoutesDeps {
  readonly incidents: Incidents;
  readonly live: Pick<LiveIncidents, 'banners' | 'suspicions'>;
  readonly titleOf: TitleOf;
  /** What may be affected, by topic. */
  readonly listIntents: () => IncidentIntents['topics'];
}

export function createIncidentRoutes(deps: IncidentRoutesDeps): StaffRoute[] {
  const { incidents, live, titleOf } = deps;
  const view = (followed: Parameters<typeof presentIncident>[0]): IncidentView =>
    presentIncident(followed, titleOf, new Date());
  return [
    {
      method: 'get',
      path: '/incidents',
      permission: 'incidents.read',
      async handle(_request, response) {
        const { suspicions, noticesFrom, active, ended } = await incidents.list();
        response.json({
          suspicions: suspicions.map((suspicion) => presentSuspicion(suspicion, titleOf)),
          noticing: {
            isReady: noticesFrom !== null && noticesFrom <= new Date(),
            readyAt: noticesFrom?.toISOString() ?? null,
          },
          active: active.map(view),
          ended: ended.map(view),
        } satisfies IncidentList);
      },
    },
    {
      method: 'get',
      path: '/incidents/now',
      permission: 'incidents.read',
      handle(_request, response) {
        response.json({
          suspicions: live.suspicions().length,
          banners: live.banners(),
        } satisfies IncidentsNow);
      },
    },
    {
      method: 'get',
      path: '/incidents/intents',
      permission: 'incidents.read',
      handle(_request, response) {
        response.json({ topics: deps.listIntents() } satisfies IncidentIntents);
      },
    },
    {
      method: 'get',
      path: '/incidents/:id',
      permission: 'incidents.read',
      async handle(request, response) {
        const found = await incidents.get(String(request.params['id']));
        response.json(presentDetail(found, titleOf, new Date()) satisfies IncidentDetail);
      },
    },
    {
      method: 'post',
      path: '/incidents',
      permission: 'incidents.manage',
      async handle(request, response, staff) {
        const { draft, suspicion } = parseBody(openIncidentRequest, request);
        response.status(201).json(view(await incidents.open(draft, suspicion, staff)) satisfies IncidentView);
      },
    },
    {
      method: 'put',
      path: '/incidents/:id',
      permission: 'incidents.manage',
      async handle(request, response, staff) {
        const { revision, draft } = parseBody(changeIncidentRequest, request);
        const changed = await incidents.change(String(request.params['id']), revision, draft, staff);
        response.json(view(changed) satisfies IncidentView);
      },
    },
    {
      method: 'post',
      path: '/incidents/:id/end',
      permission: 'incidents.manage',
      async handle(request, response, staff) {
        response.json(view(await incidents.end(String(request.params['id']), staff)) satisfies IncidentView);
      },
    },
    {
      method: 'post',
      path: '/incidents/:id/tell',
      permission: 'incidents.manage',
      async handle(request, response, staff) {
        const { text } = parseBody(tellRequest, request);
        const told = await incidents.tell(String(request.params['id']), text, staff);
        response.json(view(told) satisfies IncidentView);
      },
    },
    {
      method: 'post',
      path: '/incidents/suspicions/:id/dismiss',
      permission: 'incidents.manage',
      async handle(request, response, staff) {
        await incidents.dismiss(String(request.params['id']), staff);
        response.status(204).end();
      },
    },
  ];
}

/** `GET /banners`, for pages without a socket. */
export function createBannerRoutes({ live }: { readonly live: Pick<LiveIncidents, 'banners'> }): Router {
  const routes = Router();
  routes.get('/banners', (_request, response) => {
    response.set('cache-control', 'no-store');
    response.json({ banners: [...live.banners()] } satisfies BannerList);
  });
  return refuseOtherMethods(routes);
}

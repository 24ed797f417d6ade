/** Checking, publishing and going back, over REST. */
import {
  type CheckView,
  checkRequest,
  type DraftNotes,
  goLiveRequest,
  type Published,
  publishRequest,
  type ReleaseList,
  releasesQuery,
} from '../contracts/corpus-releases.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Checks } from './checks.ts';
import type { Publishing } from './publishing.ts';

export interface ReleaseRoutesDeps {
  readonly checks: Pick<Checks, 'start' | 'view'>;
  readonly publishing: Publishing;
}

export function createReleaseRoutes({ checks, publishing }: ReleaseRoutesDeps): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/curation/drafts/:id/check',
      permission: 'corpus.read',
      async handle(request, response) {
        response.json((await checks.view(String(request.params['id']))) satisfies CheckView);
      },
    },
    {
      method: 'post',
      path: '/curation/drafts/:id/check',
      permission: 'corpus.edit',
      async handle(request, response) {
        const { calibrate } = parseBody(checkRequest, request);
        const view = await checks.start(String(request.params['id']), calibrate);
        response.status(202).json(view satisfies CheckView);
      },
    },
    {
      method: 'get',
      path: '/curation/drafts/:id/notes',
      permission: 'corpus.read',
      async handle(request, response) {
        const notes = await publishing.writeNotes(String(request.params['id']));
        response.json(notes satisfies DraftNotes);
      },
    },
    {
      method: 'post',
      path: '/curation/drafts/:id/publish',
      permission: 'corpus.publish',
      async handle(request, response, staff) {
        const id = String(request.params['id']);
        const published = await publishing.publish(id, parseBody(publishRequest, request), staff);
        response.json(published satisfies Published);
      },
    },
    {
      method: 'get',
      path: '/curation/releases',
      permission: 'corpus.read',
      async handle(request, response) {
        const { before = Number.MAX_SAFE_INTEGER } = parseQuery(releasesQuery, request);
        response.json((await publishing.list(before)) satisfies ReleaseList);
      },
    },
    {
      method: 'post',
      path: '/curation/releases/:number/live',
      permission: 'corpus.publish',
      async handle(request, response, staff) {
        const number = Number(request.params['number']);
        await publishing.goLive(number, parseBody(goLiveRequest, request).live, staff);
        response.json({});
      },
    },
  ];
}

/** Drafts of the corpus over REST; checking and publishing them is in routes of their own. */
import type { Request } from 'express';
import {
  type CommentView,
  type DraftList,
  type DraftRow,
  type DraftView,
  draftChange,
  draftsQuery,
  newComment,
  newDraft,
  unitAct,
} from '../contracts/curation.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Drafts } from './drafts.ts';

const idOf = (request: Request): string => String(request.params['id']);

export function createDraftRoutes({ drafts }: { readonly drafts: Drafts }): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/curation/drafts',
      permission: 'corpus.read',
      async handle(request, response) {
        const list = await drafts.list(parseQuery(draftsQuery, request).status);
        response.json({ drafts: list } satisfies DraftList);
      },
    },
    {
      method: 'post',
      path: '/curation/drafts',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const made = await drafts.create(parseBody(newDraft, request).name, staff);
        response.status(201).json(made satisfies DraftRow);
      },
    },
    {
      method: 'get',
      path: '/curation/drafts/:id',
      permission: 'corpus.read',
      async handle(request, response) {
        response.json((await drafts.view(idOf(request))) satisfies DraftView);
      },
    },
    {
      method: 'patch',
      path: '/curation/drafts/:id',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const { publishAt, ...patch } = parseBody(draftChange, request);
        const at = publishAt == null ? publishAt : new Date(publishAt);
        const changed = await drafts.change(idOf(request), { ...patch, publishAt: at }, staff);
        response.json(changed satisfies DraftRow);
      },
    },
    {
      method: 'delete',
      path: '/curation/drafts/:id',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        await drafts.discard(idOf(request), staff);
        response.status(204).end();
      },
    },
    {
      method: 'post',
      path: '/curation/drafts/:id/restore',
      permission: 'corpus.edit',
      async handle(request, response) {
        response.json((await drafts.restore(idOf(request))) satisfies DraftRow);
      },
    },
    {
      method: 'post',
      path: '/curation/drafts/:id/comments',
      permission: 'corpus.read',
      async handle(request, response, staff) {
        const { unit, text } = parseBody(newComment, request);
        const made = await drafts.comment(idOf(request), unit, text, staff);
        response.status(201).json(made satisfies CommentView);
      },
    },
    {
      method: 'post',
      path: '/curation/drafts/:id/revert',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const { unit, revision } = parseBody(unitAct, request);
        response.json((await drafts.revert(idOf(request), unit, revision, staff)) satisfies DraftView);
      },
    },
    {
      method: 'post',
      path: '/curation/drafts/:id/keep',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const { unit, revision } = parseBody(unitAct, request);
        response.json((await drafts.keep(idOf(request), unit, revision, staff)) satisfies DraftView);
      },
    },
  ];
}

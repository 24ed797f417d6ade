/** What the bot did not serve well, and what is made of it. */
import type { Request } from 'express';
import {
  CONFIRMED_ON_A_PAGE,
  type ConfirmedPage,
  confirmedQuery,
  entryRequest,
  GROUPS_ON_A_PAGE,
  type GroupRow,
  type GroupView,
  groupId,
  ignoreRequest,
  lexiconRequest,
  markRequest,
  teachRequest,
  type UnansweredCount,
  type UnansweredPage,
  unansweredQuery,
} from '../../contracts/unanswered.ts';
import { parseBody, parseQuery } from '../../http/parse-request.ts';
import type { StaffRoute } from '../../http/staff-route.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { ConfirmedQuestions } from './confirmed.ts';
import type { AnswerMarks } from './marks.ts';
import { type PresentDeps, presentConfirmed, presentGroup, presentOpenedGroup } from './present-group.ts';
import type { Unanswered } from './unanswered.ts';

export interface UnansweredRoutesDeps extends PresentDeps {
  readonly unanswered: Unanswered;
  readonly marks: AnswerMarks;
  readonly confirmed: ConfirmedQuestions;
  /** Title of a topic. */
  readonly topicTitle: (topic: string) => string;
}

export function createUnansweredRoutes(deps: UnansweredRoutesDeps): StaffRoute[] {
  const { unanswered, marks, confirmed, topicTitle } = deps;
  const at = '/curation/unanswered';
  return [
    {
      method: 'get',
      path: at,
      permission: 'unanswered.read',
      async handle(request, response) {
        const { groups, total, counts, topics } = await unanswered.list(parseQuery(unansweredQuery, request));
        response.json({
          groups: groups.map((group) => presentGroup(group, deps)),
          total,
          pages: Math.ceil(total / GROUPS_ON_A_PAGE),
          counts,
          topics: [...topics]
            .map(([id, count]) => ({ id, title: topicTitle(id), count }))
            .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)),
        } satisfies UnansweredPage);
      },
    },
    {
      method: 'get',
      path: '/curation/unanswered-count',
      permission: 'unanswered.read',
      async handle(_request, response) {
        response.json({ open: await unanswered.countOpen() } satisfies UnansweredCount);
      },
    },
    {
      method: 'get',
      path: `${at}/:id`,
      permission: 'unanswered.read',
      async handle(request, response) {
        const opened = await unanswered.open(idOf(request, groupId, 'group_not_found'));
        response.json(presentOpenedGroup(opened, deps) satisfies GroupView);
      },
    },
    {
      method: 'post',
      path: `${at}/:id/teach`,
      permission: 'unanswered.handle',
      async handle(request, response, staff) {
        const id = idOf(request, groupId, 'group_not_found');
        const group = await unanswered.teach(id, parseBody(teachRequest, request), staff);
        response.json(presentGroup(group, deps) satisfies GroupRow);
      },
    },
    {
      method: 'post',
      path: `${at}/:id/entry`,
      permission: 'unanswered.handle',
      async handle(request, response, staff) {
        const id = idOf(request, groupId, 'group_not_found');
        const group = await unanswered.addEntry(id, parseBody(entryRequest, request), staff);
        response.json(presentGroup(group, deps) satisfies GroupRow);
      },
    },
    {
      method: 'post',
      path: `${at}/:id/lexicon`,
      permission: 'unanswered.handle',
      async handle(request, response, staff) {
        const id = idOf(request, groupId, 'group_not_found');
        const group = await unanswered.addWord(id, parseBody(lexiconRequest, request), staff);
        response.json(presentGroup(group, deps) satisfies GroupRow);
      },
    },
    {
      method: 'post',
      path: `${at}/:id/ignore`,
      permission: 'unanswered.handle',
      async handle(request, response, staff) {
        const id = idOf(request, groupId, 'group_not_found');
        const { reason } = parseBody(ignoreRequest, request);
        response.json(presentGroup(await unanswered.ignore(id, reason, staff), deps) satisfies GroupRow);
      },
    },
    {
      method: 'post',
      path: `${at}/:id/undo`,
      permission: 'unanswered.handle',
      async handle(request, response, staff) {
        const id = idOf(request, groupId, 'group_not_found');
        response.json(presentGroup(await unanswered.undo(id, staff), deps) satisfies GroupRow);
      },
    },
    {
      method: 'put',
      path: '/marks',
      permission: 'answers.mark',
      async handle(request, response, staff) {
        await marks.mark(parseBody(markRequest, request), { id: staff.id, name: staff.name });
        response.json({});
      },
    },
    {
      method: 'get',
      path: '/curation/confirmed',
      permission: 'unanswered.read',
      async handle(request, response) {
        const { q, page } = parseQuery(confirmedQuery, request);
        const { questions, total } = await confirmed.search(q, page, CONFIRMED_ON_A_PAGE);
        response.json({
          questions: questions.map((question) => presentConfirmed(question, deps.titleOf)),
          total,
          pages: Math.ceil(total / CONFIRMED_ON_A_PAGE),
        } satisfies ConfirmedPage);
      },
    },
    {
      method: 'delete',
      path: '/curation/confirmed/:id',
      permission: 'unanswered.handle',
      async handle(request, response) {
        await confirmed.remove(idOf(request, groupId, 'question_not_found'));
        response.status(204).end();
      },
    },
  ];
}

/** What does not even look like an id is of nothing that there is. */
function idOf(
  request: Request,
  shape: typeof groupId,
  code: 'group_not_found' | 'question_not_found',
): string {
  const id = String(request.params['id']);
  if (!shape.safeParse(id).success) throw new AppError({ code, message: id });
  return id;
}

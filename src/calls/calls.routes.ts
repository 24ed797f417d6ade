/** The call log over REST. */
import {
  type CallerFound,
  type CallLogPage,
  type CallRow,
  callerQuery,
  callId,
  callLogQuery,
  callNoteChange,
  callNoteRequest,
  type NumberRevealed,
} from '../contracts/calls.ts';
import { mayRole, type StaffMember } from '../contracts/permissions.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import type { CallLog, CallLogCaller } from './call-log.ts';
import { presentCall } from './present-call.ts';

const callerOf = ({ id, name, role, address }: StaffMember): CallLogCaller => ({
  id,
  name,
  address,
  oversees: mayRole(role, 'conversations.oversee'),
});

/** @throws AppError `call_not_found` */
function parseId(id: unknown): string {
  const parsed = callId.safeParse(id);
  if (!parsed.success) throw new AppError({ code: 'call_not_found', message: String(id) });
  return parsed.data;
}

export function createCallRoutes({ log }: { readonly log: CallLog }): StaffRoute[] {
  const permission = 'calls.handle';
  return [
    {
      method: 'get',
      path: '/calls',
      permission,
      async handle(request, response, staff) {
        const { calls, ...page } = await log.list(parseQuery(callLogQuery, request), staff.id);
        response.json({ ...page, calls: calls.map(presentCall) } satisfies CallLogPage);
      },
    },
    {
      method: 'post',
      path: '/calls',
      permission,
      async handle(request, response, staff) {
        const made = await log.open(parseBody(callNoteRequest, request), callerOf(staff));
        response.status(201).json(presentCall(made) satisfies CallRow);
      },
    },
    {
      method: 'get',
      path: '/calls/caller',
      permission,
      async handle(request, response, staff) {
        const { number } = parseQuery(callerQuery, request);
        response.json((await log.findCaller(number, staff.id)) satisfies CallerFound);
      },
    },
    {
      method: 'get',
      path: '/calls/:id',
      permission,
      async handle(request, response) {
        response.json(presentCall(await log.get(parseId(request.params['id']))) satisfies CallRow);
      },
    },
    {
      method: 'patch',
      path: '/calls/:id',
      permission,
      async handle(request, response, staff) {
        const id = parseId(request.params['id']);
        const changed = await log.annotate(id, parseBody(callNoteChange, request), callerOf(staff));
        response.json(presentCall(changed) satisfies CallRow);
      },
    },
    {
      method: 'post',
      path: '/calls/:id/finish',
      permission,
      async handle(request, response, staff) {
        const finished = await log.finish(parseId(request.params['id']), callerOf(staff));
        response.json(presentCall(finished) satisfies CallRow);
      },
    },
    {
      method: 'post',
      path: '/calls/:id/reveal',
      permission,
      async handle(request, response, staff) {
        const number = await log.reveal(parseId(request.params['id']), callerOf(staff));
        response.json({ number } satisfies NumberRevealed);
      },
    },
  ];
}

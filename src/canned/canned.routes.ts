/** Canned replies over REST: read by whoever answers, kept by supervisors and editors. */
import { type CannedReply, type CannedReplyList, cannedReplyDraft } from '../contracts/canned.ts';
import { parseBody } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { CannedReplies } from './canned-replies.ts';
import { presentCannedReply } from './present-canned-reply.ts';

export function createCannedRoutes({ canned }: { readonly canned: CannedReplies }): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/canned',
      permission: 'canned.read',
      async handle(_request, response) {
        const replies = await canned.list();
        response.json({ replies: replies.map(presentCannedReply) } satisfies CannedReplyList);
      },
    },
    {
      method: 'post',
      path: '/canned',
      permission: 'canned.edit',
      async handle(request, response, staff) {
        const made = await canned.create(parseBody(cannedReplyDraft, request), staff);
        response.status(201).json(presentCannedReply(made) satisfies CannedReply);
      },
    },
    {
      method: 'put',
      path: '/canned/:id',
      permission: 'canned.edit',
      async handle(request, response, staff) {
        const draft = parseBody(cannedReplyDraft, request);
        const changed = await canned.change(String(request.params['id']), draft, staff);
        response.json(presentCannedReply(changed) satisfies CannedReply);
      },
    },
    {
      method: 'delete',
      path: '/canned/:id',
      permission: 'canned.edit',
      async handle(request, response, staff) {
        await canned.remove(String(request.params['id']), staff);
        response.status(204).end();
      },
    },
  ];
}

/** The staff's reads of conversations over REST. */
import { type InboxPage, inboxQuery } from '../contracts/console.ts';
import { parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { StaffedConversations } from './staffed-conversations.ts';

export function createInboxRoutes({
  staffed,
}: {
  readonly staffed: Pick<StaffedConversations, 'list'>;
}): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/conversations',
      permission: 'conversations.read',
      async handle(request, response, staff) {
        const page: InboxPage = await staffed.list(parseQuery(inboxQuery, request), staff.id);
        response.json(page);
      },
    },
  ];
}

/** Saved filters over REST. */
import { mayRole } from '../contracts/permissions.ts';
import { type SavedFilter, type SavedFilterList, savedFilterDraft } from '../contracts/tickets.ts';
import { parseBody } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { SavedFilterOfStaff, SavedFilters } from './saved-filters.ts';

export function createSavedFilterRoutes({ filters }: { readonly filters: SavedFilters }): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/ticket-filters',
      permission: 'tickets.read',
      async handle(_request, response, { id }) {
        const found = await filters.list(id);
        response.json({ filters: found.map((one) => present(one, id)) } satisfies SavedFilterList);
      },
    },
    {
      method: 'post',
      path: '/ticket-filters',
      permission: 'tickets.read',
      async handle(request, response, { id }) {
        const saved = await filters.save(parseBody(savedFilterDraft, request), id);
        response.status(201).json(present(saved, id) satisfies SavedFilter);
      },
    },
    {
      method: 'delete',
      path: '/ticket-filters/:id',
      permission: 'tickets.read',
      async handle(request, response, { id, role }) {
        await filters.remove(String(request.params['id']), id, mayRole(role, 'conversations.oversee'));
        response.status(204).end();
      },
    },
  ];
}

function present({ id, owner, name, query, shared }: SavedFilterOfStaff, account: string): SavedFilter {
  return { id, name, query, shared, mine: owner === account };
}

/** The archive over REST: look for conversations, read one, bring it back. */
import { type ArchivedConversation, type ArchivePage, archiveQuery } from '../contracts/archive.ts';
import { conversationId } from '../contracts/console.ts';
import { parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Archive } from './archive.ts';

/** @param archive null: there is none on this desk */
export function createArchiveRoutes({ archive }: { readonly archive: Archive | null }): StaffRoute[] {
  const get = (): Archive => {
    if (archive === null) throw new AppError({ code: 'archive_off', message: 'ARCHIVE_DIR is not set' });
    return archive;
  };
  const idOf = (text: unknown): string => {
    const read = conversationId.safeParse(text);
    if (!read.success) throw new AppError({ code: 'conversation_not_found', message: 'malformed' });
    return read.data;
  };
  return [
    {
      method: 'get',
      path: '/archive',
      permission: 'archive.search',
      async handle(request, response, staff) {
        const page: ArchivePage = await get().search(parseQuery(archiveQuery, request), staff);
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/archive/:id',
      permission: 'conversations.read',
      async handle(request, response, staff) {
        const one: ArchivedConversation = await get().open(idOf(request.params['id']), staff);
        response.json(one);
      },
    },
    {
      method: 'post',
      path: '/archive/:id/restore',
      permission: 'archive.restore',
      async handle(request, response, staff) {
        await get().restore(idOf(request.params['id']), staff);
        response.status(204).end();
      },
    },
  ];
}

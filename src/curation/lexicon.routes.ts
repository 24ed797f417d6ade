/** The lexicon over REST, live or as a draft has it. */
import {
  type LexiconPage,
  type LexiconPreview,
  type LexiconRow,
  lexiconQuery,
  lexiconSave,
} from '../contracts/curation.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { LexiconDesk } from './lexicon.ts';

export function createLexiconRoutes({ lexicon }: { readonly lexicon: LexiconDesk }): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/curation/lexicon',
      permission: 'corpus.read',
      async handle(request, response) {
        const { draft, ...filter } = parseQuery(lexiconQuery, request);
        response.json((await lexicon.list(draft, filter)) satisfies LexiconPage);
      },
    },
    {
      method: 'put',
      path: '/curation/lexicon',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const row = await lexicon.save(parseBody(lexiconSave, request), staff);
        response.json({ row } satisfies { row: LexiconRow | null });
      },
    },
    {
      method: 'post',
      path: '/curation/lexicon/preview',
      permission: 'corpus.edit',
      async handle(request, response) {
        response.json((await lexicon.preview(parseBody(lexiconSave, request))) satisfies LexiconPreview);
      },
    },
  ];
}

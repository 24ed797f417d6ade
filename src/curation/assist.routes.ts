/** What helps the staff to answer, and the bot to learn from it. */
import { proposalRequest, type Suggestions, suggestionsQuery } from '../contracts/console.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { PhraseProposals } from './phrase-proposals.ts';

export interface AssistRoutesDeps {
  /** The FAQ entries that fit the contact's last message best. */
  readonly suggest: (conversation: string) => Promise<Suggestions>;
  readonly proposals: PhraseProposals;
}

export function createAssistRoutes({ suggest, proposals }: AssistRoutesDeps): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/suggestions',
      permission: 'conversations.read',
      async handle(request, response) {
        response.json(await suggest(parseQuery(suggestionsQuery, request).conversation));
      },
    },
    {
      method: 'post',
      path: '/proposals',
      permission: 'phrases.propose',
      async handle(request, response, { id, name, address }) {
        await proposals.propose(parseBody(proposalRequest, request), { id, name }, address);
        response.json({});
      },
    },
  ];
}

/** What helps the staff to answer, and the bot to learn from it. */
import {
  type AnswersFound,
  answerSearchQuery,
  proposalRequest,
  type Suggestions,
  suggestionsQuery,
} from '../contracts/console.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { PhraseProposals } from './phrase-proposals.ts';

export interface AssistRoutesDeps {
  /** The FAQ entries that fit the contact's last message best. */
  readonly suggest: (conversation: string) => Promise<Suggestions>;
  /** The FAQ entries that fit these words best. */
  readonly search: (text: string) => AnswersFound;
  readonly proposals: PhraseProposals;
}

export function createAssistRoutes({ suggest, search, proposals }: AssistRoutesDeps): StaffRoute[] {
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
      method: 'get',
      path: '/answers',
      permission: 'conversations.read',
      handle(request, response) {
        response.json(search(parseQuery(answerSearchQuery, request).q) satisfies AnswersFound);
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

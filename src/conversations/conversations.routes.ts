/** The chat's reads over REST: history and transcript of the caller's own conversation. */
import { type Response, Router } from 'express';
import { z } from 'zod';
import { type HistoryPage, historyQuery, PAGE_LENGTH } from '../contracts/chat.ts';
import { parseQuery } from '../http/parse-request.ts';
import { refuseOtherMethods } from '../http/refuse-other-methods.ts';
import type { Conversations } from './conversations.ts';
import { presentMessage } from './present-message.ts';
import { writeTranscript } from './transcript.ts';

export interface ConversationRoutesDeps {
  readonly conversations: Pick<Conversations, 'readHistory' | 'readAll'>;
  /** The contact whom an `Authorization` header names; null: one who never opened a conversation. @throws AppError */
  readonly findContact: (authorization: string | undefined) => Promise<string | null>;
}

/** Query strings hold text. */
const query = z
  .object({
    before: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .optional(),
    after: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .optional(),
  })
  .pipe(historyQuery);

const transcriptQuery = z.strictObject({ all: z.literal('true').optional() });

/** Longer conversations are cut at their beginning. */
const MOST_MESSAGES = 5_000;

function sendHead(response: Response): void {
  response.set('cache-control', 'no-store');
  response.attachment('tro-chuyen-vssid.txt').type('text/plain; charset=utf-8');
}

/** `GET /conversation/messages`, `GET /conversation/transcript`. */
export function createConversationRoutes({ conversations, findContact }: ConversationRoutesDeps): Router {
  const routes = Router();

  routes.get('/conversation/messages', async (request, response) => {
    const wanted = parseQuery(query, request);
    const contact = await findContact(request.get('authorization'));
    const page =
      contact === null ? { messages: [], hasMore: false } : await conversations.readHistory(contact, wanted);
    response.set('cache-control', 'no-store');
    response.json({
      messages: page.messages.map(presentMessage),
      hasMore: page.hasMore,
    } satisfies HistoryPage);
  });

  routes.get('/conversation/transcript', async (request, response) => {
    const { all: isAll } = parseQuery(transcriptQuery, request);
    const contact = await findContact(request.get('authorization'));
    if (isAll !== undefined && contact !== null) {
      sendHead(response);
      let isFirst = true;
      for await (const said of conversations.readAll(contact)) {
        const text = writeTranscript(said, new Date());
        response.write(isFirst ? `\ufeff${text}` : `\n\n${text}`);
        isFirst = false;
      }
      if (isFirst) response.write(`\ufeff${writeTranscript([], new Date())}`);
      response.end();
      return;
    }
    let all: Awaited<ReturnType<Conversations['readHistory']>>['messages'] = [];
    for (let hasMore = contact !== null; hasMore && all.length + PAGE_LENGTH <= MOST_MESSAGES; ) {
      const before = all[0]?.seq;
      const page = await conversations.readHistory(contact!, before === undefined ? {} : { before });
      all = [...page.messages, ...all];
      hasMore = page.hasMore;
    }
    sendHead(response);
    // Editors on Windows take the file for another alphabet without this mark.
    response.send(`\ufeff${writeTranscript(all, new Date())}`);
  });
  return refuseOtherMethods(routes);
}

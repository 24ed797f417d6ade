/** The public endpoints of the corpus. */
import { Router } from 'express';
import { z } from 'zod';
import type { Decision } from '../answering/engine.ts';
import { type AnswerRequest, answerRequest, type FaqList, platform } from '../contracts/answers.ts';
import type { FastLane } from '../http/fast-lane.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import { refuseMethod } from '../http/refuse-method.ts';
import { AppError } from '../kernel/app-error.ts';
import type { AnswerBook } from './answer-book.ts';
import { presentEntry } from './present-answer.ts';
import { createAnswerWriter } from './write-answer.ts';

const askQuery = z.object({ explain: z.enum(['0', '1']).optional() });
const faqQuery = z.object({ platform: platform.optional() });

export interface RepliesDeps {
  /** What answers now; another one after a release went live. */
  readonly book: () => AnswerBook;
  /** Told of every question that was answered. Must neither throw nor wait. */
  readonly noteAnswered: (text: string, decision: Decision) => void;
}

/** What answers a question: the JSON of `AnswerResponse`. */
export type Reply = (request: AnswerRequest, explain?: boolean) => Buffer;

export function createReply({ book: findBook, noteAnswered }: RepliesDeps): Reply {
  const write = createAnswerWriter();
  return ({ text, platform: asked, context }, explain = false) => {
    const book = findBook();
    const result = book.ask({ text, platform: asked, lastIntent: context?.lastIntent, explain });
    const bytes = write(result, book);
    noteAnswered(text, result.decision);
    return bytes;
  };
}

/** `POST /answers` for questions as they should be, without an explanation. */
export function createAnswerLane(reply: Reply): FastLane {
  return {
    path: '/api/v1/answers',
    answer(body) {
      const parsed = answerRequest.safeParse(body);
      return parsed.success ? reply(parsed.data) : null;
    },
  };
}

/** `POST /answers`, `GET /faq`, `GET /faq/:id`. */
export function createAnswerRoutes(deps: Pick<RepliesDeps, 'book'> & { readonly reply: Reply }): Router {
  const routes = Router();

  routes.post('/answers', (request, response) => {
    const question = parseBody(answerRequest, request);
    const explain = parseQuery(askQuery, request).explain === '1';
    response.set('content-type', 'application/json; charset=utf-8').send(deps.reply(question, explain));
  });

  routes.all('/answers', refuseMethod);

  routes.get('/faq', (_request, response) => {
    const topics = deps
      .book()
      .topics()
      .map(({ topic, entries }) => ({
        topic,
        entries: entries.filter(({ kind }) => kind !== 'smalltalk').map(({ id, title }) => ({ id, title })),
      }));
    response.json({ topics: topics.filter(({ entries }) => entries.length > 0) } satisfies FaqList);
  });

  routes.get('/faq/:id', (request, response) => {
    const book = deps.book();
    const shown = book.find(request.params.id, parseQuery(faqQuery, request).platform);
    if (shown === null) throw new AppError({ code: 'faq_not_found', message: request.params.id });
    response.json(presentEntry(shown, book));
  });

  routes.all(['/faq', '/faq/:id'], refuseMethod);
  return routes;
}

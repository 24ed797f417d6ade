/** The public endpoints of the corpus. */
import { Router } from 'express';
import { z } from 'zod';
import type { Decision } from '../answering/engine.ts';
import { type AnswerRequest, answerRequest, type FaqList, platform } from '../contracts/answers.ts';
import type { FastLane } from '../http/fast-lane.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import { refuseOtherMethods } from '../http/refuse-other-methods.ts';
import { AppError } from '../kernel/app-error.ts';
import type { AnswerBook } from './answer-book.ts';
import { presentEntry } from './present-answer.ts';
import { createAnswerWriter } from './write-answer.ts';

const askQuery = z.object({ explain: z.enum(['0', '1']).optional() });
const faqQuery = z.object({ platform: platform.optional() });

export interface AnsweringDeps {
  /** What answers now; another one after a release went live. */
  readonly book: () => AnswerBook;
  /** Told of every question that was answered. Must neither throw nor wait. */
  readonly noteAnswered: (text: string, decision: Decision) => void;
}

export interface Answering {
  /** `POST /answers`, `GET /faq`, `GET /faq/:id`. */
  readonly routes: Router;
  /** `POST /answers` for questions as they should be, without an explanation. */
  readonly lane: FastLane;
}

export function createAnswering(deps: AnsweringDeps): Answering {
  const write = createAnswerWriter();
  const reply = ({ text, platform: asked, context }: AnswerRequest, explain = false): Buffer => {
    const book = deps.book();
    const result = book.ask({ text, platform: asked, lastIntent: context?.lastIntent, explain });
    const bytes = write(result, book);
    deps.noteAnswered(text, result.decision);
    return bytes;
  };
  return {
    routes: createRoutes(deps.book, reply),
    lane: {
      path: '/api/v1/answers',
      answer(body) {
        const parsed = answerRequest.safeParse(body);
        return parsed.success ? reply(parsed.data) : null;
      },
    },
  };
}

function createRoutes(
  findBook: () => AnswerBook,
  reply: (request: AnswerRequest, explain: boolean) => Buffer,
): Router {
  const routes = Router();

  routes.post('/answers', (request, response) => {
    const question = parseBody(answerRequest, request);
    const explain = parseQuery(askQuery, request).explain === '1';
    response.set('content-type', 'application/json; charset=utf-8').send(reply(question, explain));
  });

  routes.get('/faq', (_request, response) => {
    const topics = findBook()
      .topics()
      .map(({ topic, entries }) => ({
        topic,
        entries: entries.filter(({ kind }) => kind !== 'smalltalk').map(({ id, title }) => ({ id, title })),
      }));
    response.json({ topics: topics.filter(({ entries }) => entries.length > 0) } satisfies FaqList);
  });

  routes.get('/faq/:id', (request, response) => {
    const book = findBook();
    const shown = book.find(request.params.id, parseQuery(faqQuery, request).platform);
    if (shown === null) throw new AppError({ code: 'faq_not_found', message: request.params.id });
    response.json(presentEntry(shown, book));
  });
  return refuseOtherMethods(routes);
}

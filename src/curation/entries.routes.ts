/** Answers, phrases, topics and sources over REST, live or as a draft has them. */
import {
  documentLetter,
  documentSave,
  type EntryList,
  type EntryView,
  entriesQuery,
  entryId,
  entrySave,
  feedbackRequest,
  inDraftQuery,
  intentId,
  type PhraseFeedback,
  type PhraseList,
  phraseChange,
  phraseMove,
  topicId,
  topicSave,
} from '../contracts/curation.ts';
import { parseBody, parseParam, parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Entries } from './entries.ts';
import type { Phrases } from './phrases.ts';

export interface EntryRoutesDeps {
  readonly entries: Entries;
  readonly phrases: Phrases;
}

export function createEntryRoutes({ entries, phrases }: EntryRoutesDeps): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/curation/entries',
      permission: 'corpus.read',
      async handle(request, response) {
        const { draft, ...filter } = parseQuery(entriesQuery, request);
        response.json((await entries.list(draft, filter)) satisfies EntryList);
      },
    },
    {
      method: 'get',
      path: '/curation/entries/:entry',
      permission: 'corpus.read',
      async handle(request, response) {
        const id = parseParam(intentId, request, 'entry');
        const { draft } = parseQuery(inDraftQuery, request);
        response.json((await entries.get(draft, id)) satisfies EntryView);
      },
    },
    {
      method: 'put',
      path: '/curation/entries/:entry',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const save = parseBody(entrySave, request);
        const saved = await entries.save(parseParam(entryId, request, 'entry'), save, staff);
        response.json(saved satisfies EntryView);
      },
    },
    {
      method: 'post',
      path: '/curation/intents/:intent/phrases',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const { draft, add, remove } = parseBody(phraseChange, request);
        const intent = parseParam(intentId, request, 'intent');
        const list = await phrases.change(draft, intent, { add, remove }, staff);
        response.json({ phrases: list } satisfies PhraseList);
      },
    },
    {
      method: 'post',
      path: '/curation/phrases/move',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const { draft, phrases: moving, from, to } = parseBody(phraseMove, request);
        const list = await phrases.move(draft, moving, from, to, staff);
        response.json({ phrases: list } satisfies PhraseList);
      },
    },
    {
      method: 'put',
      path: '/curation/topics/:topic',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const { draft, title } = parseBody(topicSave, request);
        const unit = `topic:${parseParam(topicId, request, 'topic')}`;
        await entries.saveUnit(draft, unit, title === null ? null : { kind: 'topic', title }, staff);
        response.status(204).end();
      },
    },
    {
      method: 'put',
      path: '/curation/documents/:letter',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const { draft, document } = parseBody(documentSave, request);
        const unit = `document:${parseParam(documentLetter, request, 'letter')}`;
        const after = document === null ? null : ({ kind: 'document', document } as const);
        await entries.saveUnit(draft, unit, after, staff);
        response.status(204).end();
      },
    },
    {
      method: 'post',
      path: '/curation/feedback',
      permission: 'corpus.read',
      async handle(request, response) {
        const { draft, text } = parseBody(feedbackRequest, request);
        response.json((await phrases.feedback(draft, text)) satisfies PhraseFeedback);
      },
    },
  ];
}

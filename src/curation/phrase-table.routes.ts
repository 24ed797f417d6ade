/** Phrases in tables over REST. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import multer from 'multer';
import {
  inDraftQuery,
  LARGEST_PHRASE_TABLE,
  PHRASE_TABLE_FIELD,
  type PhraseTablePlan,
  phraseTableLot,
} from '../contracts/curation.ts';
import { forgiveBrokenOff } from '../http/broken-off.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import { readFormError } from '../http/read-form-error.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import type { DraftEdits } from './draft-edits.ts';
import type { createPhraseTables } from './phrase-table.ts';
import type { Phrases } from './phrases.ts';
import { readPhraseTable } from './read-phrase-table.ts';

export interface PhraseTableRoutesDeps {
  readonly edits: Pick<DraftEdits, 'read'>;
  readonly tables: ReturnType<typeof createPhraseTables>;
  readonly phrases: Pick<Phrases, 'addAll'>;
}

export function createPhraseTableRoutes({ edits, tables, phrases }: PhraseTableRoutesDeps): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/curation/phrase-table',
      permission: 'corpus.read',
      async handle(request, response) {
        const on = await edits.read(parseQuery(inDraftQuery, request).draft);
        response.set('content-disposition', 'attachment; filename="cau-mau.csv"');
        response.type('text/csv; charset=utf-8');
        await pipeline(Readable.from(tables.write(on)), response).catch(forgiveBrokenOff);
      },
    },
    {
      // Reads a table and tells what it would do; nothing is changed by that.
      method: 'post',
      path: '/curation/phrase-table',
      permission: 'corpus.edit',
      async handle(request, response) {
        const file = await receiveTable(request, response);
        const on = await edits.read(parseQuery(inDraftQuery, request).draft);
        response.json(tables.plan(on, await readPhraseTable(file)) satisfies PhraseTablePlan);
      },
    },
    {
      method: 'post',
      path: '/curation/phrase-table/lots',
      permission: 'corpus.edit',
      async handle(request, response, staff) {
        const { draft, add } = parseBody(phraseTableLot, request);
        await phrases.addAll(draft, add, staff);
        response.status(204).end();
      },
    },
  ];
}

/** @throws AppError `phrase_table_too_large`; `invalid_request` when the form is broken or holds no file */
async function receiveTable(request: Request, response: Response): Promise<Uint8Array> {
  const readForm = multer({
    storage: multer.memoryStorage(),
    limits: { files: 1, fields: 0, fileSize: LARGEST_PHRASE_TABLE },
  }).single(PHRASE_TABLE_FIELD);
  await new Promise<void>((resolve, reject) => {
    readForm(request, response, (error: unknown) =>
      error ? reject(readFormError(error, PHRASE_TABLE_FIELD, 'phrase_table_too_large')) : resolve(),
    );
  });
  if (request.file === undefined)
    throw new AppError({ code: 'invalid_request', message: PHRASE_TABLE_FIELD });
  return request.file.buffer;
}

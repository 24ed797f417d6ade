/** The citizen's page of tickets at /ticket. The code in its address is read in the browser alone. */
import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { forbidFrames } from './forbid-frames.ts';
import { nameVersions } from './name-versions.ts';

export interface TicketPageDeps {
  /** The HTML file. */
  readonly page: string;
  /** Where the files are that it names. */
  readonly staticFolders: readonly string[];
}

/** Asked for anew each time: an old page would speak to a desk that has moved on. */
const PAGE_CACHE = 'no-cache';

export function createTicketPage({ page, staticFolders }: TicketPageDeps): Router {
  const routes = Router();
  const html = nameVersions(readFileSync(page, 'utf8'), staticFolders);
  routes.get('/ticket', (_request, response) => {
    forbidFrames(response);
    response.set('cache-control', PAGE_CACHE).type('html').send(html);
  });
  return routes;
}

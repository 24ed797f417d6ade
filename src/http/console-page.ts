/** The console of the staff at /console and every address below it, and the files of its screens. */
import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { forbidFrames } from './forbid-frames.ts';
import { nameVersions } from './name-versions.ts';
import { serveAssets } from './serve-assets.ts';

export interface ConsolePageDeps {
  /** The HTML file. */
  readonly page: string;
  /** Where the files are that it names; the bundle is in console-assets of one of them. */
  readonly staticFolders: readonly string[];
}

/** Asked for anew each time: an old page would name files that are gone. */
const PAGE_CACHE = 'no-cache';
const ASSETS = 'console-assets';

/** Which screen an address means is decided in the browser; whether it may be seen, by the endpoints. */
export function createConsolePage({ page, staticFolders }: ConsolePageDeps): Router {
  const routes = Router();
  const html = nameVersions(readFileSync(page, 'utf8'), staticFolders);
  routes.get(['/console', '/console/*address'], (_request, response) => {
    forbidFrames(response);
    response.set('cache-control', PAGE_CACHE).type('html').send(html);
  });
  // Where the name stays, the page names the version.
  routes.use(serveAssets(ASSETS, staticFolders));
  return routes;
}

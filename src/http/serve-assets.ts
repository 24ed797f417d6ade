/** Files whose names change with what is in them: whoever has one never asks for it again. */
import path from 'node:path';
import express, { Router } from 'express';
import { VERSIONED_CACHE } from './name-versions.ts';

/** @param assets the folder that holds them, in one of the static folders and in the site's addresses */
export function serveAssets(assets: string, staticFolders: readonly string[]): Router {
  const routes = Router();
  for (const folder of staticFolders)
    routes.use(
      `/${assets}`,
      express.static(path.join(folder, assets), {
        setHeaders: (response) => response.set('cache-control', VERSIONED_CACHE),
      }),
    );
  return routes;
}

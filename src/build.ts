/** Builds the server into dist/server: `npm run build:server`, before every start. */
import path from 'node:path';
import { bundleServer } from './bundle.ts';

await bundleServer(path.resolve(import.meta.dirname, '../dist/server'));

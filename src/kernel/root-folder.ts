/** The folder that the desk's content lies in: intents/, faq/, the pages. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The nearest folder above with intents/ in it: the program may stand in src/, or built in dist/server/.
 * @param from absolute
 * @throws when there is none
 */
export function findRootFolder(from: string): string {
  let folder = from;
  while (!existsSync(path.join(folder, 'intents'))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error(`no intents/ above ${from}: the desk's content must stand there`);
    folder = above;
  }
  return folder;
}

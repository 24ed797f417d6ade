/** The folder that the desk's content lies in: intents/, faq/, the pages. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The nearest folder above that has a package.json: the program may stand in src/, or built in dist/server/.
 * @param from absolute
 * @throws when there is none
 */
export function findRootFolder(from: string): string {
  let folder = from;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const above = path.dirname(folder);
    if (above === folder)
      throw new Error(`no package.json above ${from}: start the desk from its own folder`);
    folder = above;
  }
  return folder;
}

/** Files that stay in caches until they change: the page that names them says which version it wants. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const VERSIONED_CACHE = 'public, max-age=31536000, immutable';
const VERSION_LENGTH = 12;

/** Gives every file that the page names, and that lies in one of the folders, its version and a rooted address. */
export function nameVersions(html: string, folders: readonly string[]): string {
  return html.replace(/\b(href|src)="\/?([\w./-]+)"/g, (whole, attribute: string, name: string) => {
    const file = folders.map((folder) => path.join(folder, name)).find(isFile);
    if (file === undefined) return whole;
    const version = createHash('sha256')
      .update(readFileSync(file))
      .digest('base64url')
      .slice(0, VERSION_LENGTH);
    return `${attribute}="/${name}?v=${version}"`;
  });
}

const isFile = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;

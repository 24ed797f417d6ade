/** The offices that `faq/offices.yaml` names: what the directory begins with. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../kernel/app-error.ts';
import { parseYaml } from './content-file.ts';
import { officesFile } from './corpus-schema.ts';

const FILE = 'faq/offices.yaml';

/** @throws AppError `bad_corpus` with file, line and remedy; the error of the file system when it cannot be read */
export async function readOffices(root: string) {
  const { value, problems } = parseYaml(FILE, await readFile(path.join(root, FILE), 'utf8'), officesFile);
  if (value !== null)
    return value.map(({ address = null, hours = null, location = null, parent = null, ...office }) => ({
      ...office,
      address,
      hours,
      location,
      parent,
      active: true,
    }));
  const faults = problems.map(({ line, message, remedy }) => `${FILE}:${line}: ${message}: ${remedy}`);
  throw new AppError({ code: 'bad_corpus', message: faults.join('\n') });
}

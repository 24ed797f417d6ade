/** The desk's own measure: labelled questions that nothing is trained on. Releases are judged by them. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { LabelledQuestion } from './evaluate.ts';
import { readLabelledFolder } from './labelled-file.ts';

/**
 * @param root folder that holds test/eval/
 * @returns none where the folder is not there: such an installation is judged by what its staff confirmed
 */
export async function readMeasure(root: string): Promise<LabelledQuestion[]> {
  const folder = path.join(root, 'test/eval');
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  return isThere ? readLabelledFolder(folder) : [];
}

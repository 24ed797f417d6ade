/** Reading labelled questions: one JSON object a line. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../kernel/app-error.ts';
import type { LabelledQuestion } from './evaluate.ts';

const line = z.object({ text: z.string(), intent: z.string(), way: z.string().default('all') });

/**
 * Reads `{"text", "intent", "way"?}` lines; empty lines are passed over.
 * @throws AppError `bad_labelled_file` that names file and line
 */
export async function readLabelled(file: string): Promise<LabelledQuestion[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((source, at) => {
    if (source.trim() === '') return [];
    try {
      return [line.parse(JSON.parse(source))];
    } catch (cause) {
      throw new AppError({
        code: 'bad_labelled_file',
        message: `${file}:${at + 1} is not {"text": "…", "intent": "…"}. Correct or delete this line.`,
        cause,
      });
    }
  });
}

/** Reads every `.jsonl` file of a folder, in the order of their names; errors as for one file. */
export async function readLabelledFolder(folder: string): Promise<LabelledQuestion[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  return (await Promise.all(names.map((name) => readLabelled(path.join(folder, name))))).flat();
}

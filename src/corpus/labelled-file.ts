/** Reading labelled questions: one JSON object a line. */
import { readFile } from 'node:fs/promises';
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

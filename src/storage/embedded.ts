/** The store of a desk without a MongoDB: an embedded server that is connected to like any other. */
import type { EmbeddedMongo } from '../embedded-mongo/embedded-mongo.ts';
import { AppError } from '../kernel/app-error.ts';

/**
 * Starts the embedded server on a folder, which is created when it is not there.
 * @param share when another process has the folder, use that one's server instead of refusing: for commands
 *   beside a running desk. Closing then leaves it running
 * @throws AppError `folder_in_use` that names the folder and says what to do; `bad_store` when the folder or
 *   what is in it cannot be used
 */
export async function startEmbedded(folder: string, { share = false } = {}): Promise<EmbeddedMongo> {
  // Loaded only here: a desk with a MongoDB does without it.
  const { startEmbeddedMongo } = await import('../embedded-mongo/embedded-mongo.ts');
  try {
    return await startEmbeddedMongo({ folder });
  } catch (cause) {
    const { code, uri, message } = cause as { code?: string; uri?: string; message: string };
    if (code === 'folder_in_use') {
      if (share && uri !== undefined) return { uri, close: async () => undefined };
      throw new AppError({
        code: 'folder_in_use',
        message: `Another desk runs on the folder ${folder}. Stop that one, or set DATA_DIR to a folder of its own; for one desk on several nodes set MONGODB_URI to a MongoDB.`,
        cause,
      });
    }
    if (code === 'damaged' || code === 'unusable_folder')
      throw new AppError({ code: 'bad_store', message, cause });
    throw cause;
  }
}

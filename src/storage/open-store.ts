/** Opens the store that the settings name, for commands that work on it beside the server or without it. */
import { access } from 'node:fs/promises';
import { mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import { startEmbedded } from './embedded.ts';
import { databaseOf, describeUri, withoutSecrets } from './mongodb-uri.ts';

export interface OpenStore {
  readonly db: mongo.Db;
  /** For messages; without a password. */
  readonly name: string;
  close(): Promise<void>;
}

/** A server on the way up is waited for; one that is not there should be said soon. The address may say otherwise. */
const SELECTION_TIMEOUT_MS = 10_000;

/**
 * @param options.mongodbUri where set, that server; else the embedded store in `dataDir`, through the server that
 *   is running on it when there is one
 * @param options.share false: refuses where a desk is running on the embedded store
 * @param options.create makes a missing embedded store instead of refusing
 * @throws AppError `no_store`, `folder_in_use`, `bad_store` (damaged, no permission), `store_not_reachable`
 */
export async function openStore(options: {
  readonly mongodbUri?: string | undefined;
  readonly dataDir: string;
  readonly create?: boolean;
  readonly share?: boolean;
}): Promise<OpenStore> {
  const { mongodbUri, dataDir, create = false, share = true } = options;
  if (mongodbUri) return connect(mongodbUri, describeUri(mongodbUri));
  if (!create) await expectStore({ mongodbUri, dataDir });
  const server = await startEmbedded(dataDir, { share });
  try {
    const store = await connect(server.uri, `the embedded store in ${dataDir}`);
    return {
      ...store,
      async close() {
        await store.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** For commands that would make an empty store of a slip of the pen. @throws AppError `no_store` */
export async function expectStore({
  mongodbUri,
  dataDir,
}: {
  readonly mongodbUri?: string | undefined;
  readonly dataDir: string;
}): Promise<void> {
  if (mongodbUri) return;
  await access(dataDir).catch((cause) => {
    throw new AppError({ code: 'no_store', message: `There is no store in ${dataDir} (DATA_DIR)`, cause });
  });
}

async function connect(uri: string, name: string): Promise<OpenStore> {
  try {
    const patience = /[?&]serverSelectionTimeoutMS=/i.test(uri)
      ? {}
      : { serverSelectionTimeoutMS: SELECTION_TIMEOUT_MS };
    const client = new mongo.MongoClient(uri, patience);
    await client.connect();
    return { db: client.db(databaseOf(uri)), name, close: () => client.close() };
  } catch (cause) {
    const reason = withoutSecrets((cause as Error).message, uri);
    throw new AppError({
      code: 'store_not_reachable',
      message: `${name} cannot be reached: ${reason}`,
      cause,
    });
  }
}

/** A view of a store in which nothing changes while it is read, where the engine can give one. */
import { rm } from 'node:fs/promises';
import type { mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import { type OpenStore, openStore } from './open-store.ts';
import type { BackupNote } from './store-lines.ts';

export interface Moment {
  readonly db: mongo.Db;
  /** To be handed to every read. */
  readonly session: mongo.ClientSession | undefined;
  readonly consistency: BackupNote['consistency'];
  readonly moment: Date;
  /** Such as "MongoDB 8.0.4". */
  readonly engine: string;
  readonly close: () => Promise<void>;
}

const COMMAND_NOT_FOUND = 59;

/**
 * The embedded store copies itself, also inside a running desk, and the copy is read. A replica set or a cluster
 * reads as of one moment by itself, for as long as it keeps history (five minutes unless it is set otherwise). A
 * MongoDB that stands alone can do neither: it is read while it is written to.
 * @param scratch a folder that is not there yet, for the embedded store to make, as large as its data; gone after
 *   `close`
 * @throws AppError `no_copy` when the copy cannot be made (disk full, a desk elsewhere than this folder)
 */
export async function openMoment(
  { db, name }: Pick<OpenStore, 'db' | 'name'>,
  scratch: string,
): Promise<Moment> {
  const { version, modules = [] } = await db.admin().command({ buildInfo: 1 });
  if (modules.includes('embedded-mongo')) return copyEmbedded(db, name, scratch);
  const { setName, msg } = await db.admin().command({ hello: 1 });
  const isSet = setName !== undefined || msg === 'isdbgrid';
  const session = isSet ? db.client.startSession({ snapshot: true }) : undefined;
  return {
    db,
    session,
    consistency: isSet ? 'one_moment' : 'while_written',
    moment: new Date(),
    engine: `MongoDB ${version}${isSet ? '' : ', standing alone'}`,
    close: async () => session?.endSession(),
  };
}

async function copyEmbedded(db: mongo.Db, name: string, scratch: string): Promise<Moment> {
  const moment = new Date();
  const engine = 'the embedded store';
  try {
    await db.admin().command({ copyStore: 1, to: scratch });
  } catch (cause) {
    await rm(scratch, { recursive: true, force: true });
    // A desk of an earlier version has the folder.
    if ((cause as { code?: unknown }).code === COMMAND_NOT_FOUND)
      return {
        db,
        session: undefined,
        consistency: 'while_written',
        moment,
        engine,
        close: async () => undefined,
      };
    const message = `${name} cannot be copied to ${scratch}: ${(cause as Error).message}`;
    throw new AppError({ code: 'no_copy', message, cause });
  }
  const remove = () => rm(scratch, { recursive: true, force: true });
  try {
    const copy = await openStore({ dataDir: scratch });
    return {
      db: copy.db.client.db(db.databaseName),
      session: undefined,
      consistency: 'one_moment',
      moment,
      engine,
      async close() {
        await copy.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A desk of one process on an embedded store of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePort } from '../support/free-port.ts';
import { bundleDesk, createDeskProgram, type DeskProgram } from './desk-program.ts';
import { writeSmallCorpus } from './small-corpus.ts';

export interface DeskProcess extends Pick<DeskProgram, 'start' | 'kill' | 'stop' | 'complaints'> {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly phrases: ReadonlyMap<string, readonly string[]>;
  /** Tells it once more to stop, while it does. */
  readonly urge: () => void;
  /** Ends it if need be, and removes everything. */
  readonly remove: () => Promise<void>;
}

/** @param settings of its environment, besides */
export async function prepareDesk(settings: Readonly<Record<string, string>> = {}): Promise<DeskProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-'));
  const dataDir = path.join(folder, 'data');
  const phrases = await writeSmallCorpus(folder);
  await bundleDesk(folder);
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const own = { MONGODB_URI: '', DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(port) };
  const program = createDeskProgram({ folder, url, env: { ...own, ...settings } });
  return {
    url,
    port,
    dataDir,
    phrases,
    start: program.start,
    kill: program.kill,
    stop: program.stop,
    urge: () => program.signal('SIGTERM'),
    complaints: program.complaints,
    async remove() {
      await program.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

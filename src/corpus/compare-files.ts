/** Tells the operator when the files in intents/ and faq/ are not what answers. */
import type { Logger } from '../kernel/logger.ts';

export interface FilesComparisonDeps {
  /** Of the corpus in the files, or what is wrong with them. */
  readonly readChecksum: () => Promise<FilesRead>;
  readonly logger: Logger;
  /** Taking the files apart is work for a second, and nobody waits for it: not while the desk starts. */
  readonly afterMs?: number;
}

export type FilesRead = { readonly checksum: string } | { readonly fault: string };

export interface FilesComparison {
  /** Once, some time from now. */
  readonly compareWith: (release: { readonly number: number; readonly checksum: string }) => void;
  readonly stop: () => void;
}

const AFTER_MS = 15_000;

export function createFilesComparison(deps: FilesComparisonDeps): FilesComparison {
  const { readChecksum, logger, afterMs = AFTER_MS } = deps;
  let timer: NodeJS.Timeout | undefined;

  const compare = async (number: number, checksum: string): Promise<void> => {
    const files = await readChecksum();
    if ('fault' in files) {
      logger.warn({ release: number }, `The files in intents/ and faq/ are not used: ${files.fault}`);
    } else if (files.checksum !== checksum) {
      logger.warn(
        { release: number },
        `The files in intents/ and faq/ differ from the live release ${number}, which answers. To bring them in as a draft: npm run corpus:import. To write the release into the files: npm run corpus:export`,
      );
    }
  };

  return {
    compareWith({ number, checksum }) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        compare(number, checksum).catch(({ message: reason }: Error) =>
          // Mostly because the desk stops meanwhile.
          logger.info({ reason }, 'the files were not compared with the live release'),
        );
      }, afterMs).unref();
    },
    stop: () => clearTimeout(timer),
  };
}

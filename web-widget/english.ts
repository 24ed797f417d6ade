/** The English words, fetched when somebody wants them: most people read the Vietnamese ones, which the chat brings along. */
import type { Copy } from './copy.vi.ts';
import { loadLater } from './load-later.ts';

/** The file of copy.en.ts, whose name is known once it is bundled (bundle.ts). */
declare const ENGLISH_FILE: string;

/** Nobody is kept before an empty screen longer than this. */
const GIVE_UP_AFTER_MS = 5_000;

/** null: they could not be had, or not soon enough. */
export function fetchEnglish(): Promise<Copy | null> {
  return new Promise((resolve) => {
    setTimeout(resolve, GIVE_UP_AFTER_MS, null);
    loadLater<typeof import('./copy.en.ts')>(ENGLISH_FILE).then(
      ({ EN }) => resolve(EN),
      () => resolve(null),
    );
  });
}

/** What the desk tells everybody, on pages without a connection: asked for now and then. */
import type { BannerList } from '../../src/contracts/incidents.ts';
import { createBrowserStorage } from '../../web-sync/browser-storage.ts';
import { deskUrl } from '../desk-api.ts';
import { loadLater } from '../load-later.ts';

const LOOK_EVERY_MS = 30_000;

/** Shows them above everything in the element, from now on. */
export function followNotices(above: HTMLElement): void {
  const place = document.createElement('div');
  place.setAttribute('aria-live', 'polite');
  above.prepend(place);
  const storage = createBrowserStorage(() => localStorage);
  let isLoaded = false;

  const look = async (): Promise<void> => {
    if (document.hidden) return;
    const response = await fetch(deskUrl('api/v1/banners'));
    if (!response.ok) return;
    const { banners } = (await response.json()) as BannerList;
    if (banners.length === 0 && !isLoaded) return;
    const { showNotices } = await loadLater<typeof import('./notice.ts')>('notice.js');
    isLoaded = true;
    showNotices(place, banners, storage);
  };
  // Without a network what stands there goes on standing there; the next look brings what is new.
  const lookAgain = (): void => void look().catch(() => undefined);
  lookAgain();
  setInterval(lookAgain, LOOK_EVERY_MS);
  document.addEventListener('visibilitychange', lookAgain);
}

/**
 * What the desk tells everybody just now, as calm lines. A file of its own, loaded when there is something to tell: on
 * most days there is nothing.
 */
import type { BannerView } from '../../src/contracts/incidents.ts';
import type { BrowserStorage } from '../../web-sync/browser-storage.ts';
import { deskUrl } from '../desk-api.ts';
import { PREFIX } from '../device/storage-prefix.ts';
import { element, icon, iconButton } from '../element.ts';
import { renderTyped } from '../render-text.ts';
import { ICONS } from '../views/icons.ts';
import { NOTICE_COPY } from './notice-copy.ts';

const KEY = `${PREFIX}notices-closed`;
/** Older ones do not come again. */
const MOST_CLOSED = 20;
const STYLES = 'notice.css';
const INFO = 'M12 11v6M12 7v.01M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z';
const WARNING = 'M12 9v5M12 17v.01M12 3 2 20h20Z';

/** A changed one is another one. */
const keyOf = ({ id, revision }: BannerView): string => `${id}:${revision}`;

/** @param place where they stand; those who listen to it are told */
export function showNotices(
  place: HTMLElement,
  banners: readonly BannerView[],
  storage: BrowserStorage,
): void {
  dress();
  const closed = (storage.get(KEY) ?? '').split(' ');
  const shown = banners.filter((banner) => !closed.includes(keyOf(banner)));
  const keys = shown.map(keyOf).join(' ');
  // Said once, and not after every break of the connection.
  if (place.dataset['shown'] === keys) return;
  place.dataset['shown'] = keys;
  const copy = NOTICE_COPY[document.documentElement.lang === 'en' ? 'en' : 'vi'];
  place.textContent = '';
  for (const banner of shown) {
    const { level, text } = banner;
    const line = element(
      'div',
      { class: 'announcement', 'data-level': level },
      icon(level === 'warning' ? WARNING : INFO),
      element('p', {}, ...renderTyped(text, copy)),
      iconButton('announcement-close', copy.close, ICONS.close, () => {
        line.remove();
        const kept = (storage.get(KEY) ?? '').split(' ').filter(Boolean);
        storage.set(KEY, [...kept, keyOf(banner)].slice(-MOST_CLOSED).join(' '));
      }),
    );
    place.append(line);
  }
}

/** Their styles come with them. */
function dress(): void {
  const { href } = deskUrl(STYLES);
  if (document.querySelector(`link[href="${href}"]`) === null)
    document.head.append(element('link', { rel: 'stylesheet', href }));
}

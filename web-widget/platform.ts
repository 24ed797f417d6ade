/** Which phone the person has: guessed on phones, chosen by hand, remembered. */
import type { Platform } from '../src/contracts/answers.ts';
import { COPY } from './copy.vi.ts';
import { element } from './element.ts';

export interface PlatformChoice {
  readonly box: HTMLElement;
  /** What is chosen now. */
  readonly current: () => Platform | undefined;
}

type Chosen = keyof typeof COPY.platforms;

const CHOICES: readonly Chosen[] = ['android', 'ios', 'none'];
const REMEMBERED_AS = 'vssid.platform';

/** The platform of a phone by its user agent; `none` on a computer. */
export function guessPlatform(userAgent: string): Chosen {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  return /Android/.test(userAgent) ? 'android' : 'none';
}

export function createPlatformChoice(): PlatformChoice {
  let chosen = recall() ?? guessPlatform(navigator.userAgent);
  const labels = CHOICES.map((choice) => {
    const radio = element('input', { type: 'radio', name: 'platform', value: choice });
    radio.checked = choice === chosen;
    radio.addEventListener('change', () => {
      chosen = choice;
      remember(choice);
    });
    return element('label', {}, radio, element('span', {}, COPY.platforms[choice]));
  });
  return {
    box: element('fieldset', { class: 'platform' }, element('legend', {}, COPY.platform), ...labels),
    current: () => (chosen === 'none' ? undefined : chosen),
  };
}

/** Storage may be forbidden (private windows, web views): then nothing is remembered. */
function recall(): Chosen | undefined {
  try {
    const value = localStorage.getItem(REMEMBERED_AS);
    return CHOICES.find((choice) => choice === value);
  } catch {
    return undefined;
  }
}

function remember(choice: Chosen): void {
  try {
    localStorage.setItem(REMEMBERED_AS, choice);
  } catch {
    // Guessed again at the next visit.
  }
}

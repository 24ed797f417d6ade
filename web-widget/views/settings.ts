/** The options: how the chat looks and sounds, and what to do with the conversation. */
import type { Platform } from '../../src/contracts/answers.ts';
import type { Copy } from '../copy.vi.ts';
import type { Preferences } from '../device/preferences.ts';
import { button, element, icon } from '../element.ts';
import type { Locale } from '../embed-protocol.ts';
import { openDialog } from './dialogs.ts';
import { ICONS } from './icons.ts';

export interface SettingsDeps {
  readonly copy: Copy;
  readonly preferences: Preferences;
  readonly change: (chosen: Partial<Preferences>) => void;
  readonly download: () => void;
  readonly erase: () => void;
}

const LANGUAGES: readonly (readonly [Locale, string])[] = [
  ['vi', 'Tiếng Việt'],
  ['en', 'English'],
];
const PHONES: readonly ('android' | 'ios' | 'none')[] = ['android', 'ios', 'none'];

export function openSettings({ copy, preferences, change, download, erase }: SettingsDeps): void {
  const words = copy.settings;
  openDialog('settings-dialog', copy.menu, copy, (close) => [
    createSwitch(words.largeText, preferences.largeText, (largeText) => change({ largeText })),
    createSwitch(words.sound, preferences.sound, (sound) => change({ sound })),
    createChoice(
      'platform',
      words.phone,
      PHONES.map((phone) => [phone, words.phones[phone]]),
      preferences.platform ?? 'none',
      (phone) => change({ platform: phone === 'none' ? null : (phone as Platform) }),
    ),
    createChoice('language', words.language, LANGUAGES, preferences.locale, (locale) => {
      close();
      change({ locale: locale as Locale });
    }),
    button(
      'line',
      words.download,
      () => {
        close();
        download();
      },
      icon(ICONS.download),
    ),
    button(
      'line danger',
      words.erase,
      () => {
        close();
        erase();
      },
      icon(ICONS.trash),
    ),
  ]);
}

function createSwitch(label: string, on: boolean, change: (on: boolean) => void): HTMLElement {
  const input = element('input', { type: 'checkbox', role: 'switch' });
  input.checked = on;
  input.addEventListener('change', () => change(input.checked));
  const track = element('span', { class: 'track', 'aria-hidden': 'true' });
  return element('label', { class: 'switch' }, element('span', {}, label), input, track);
}

function createChoice(
  name: string,
  legend: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
  change: (value: string) => void,
): HTMLElement {
  const labels = options.map(([value, label]) => {
    const radio = element('input', { type: 'radio', name, value });
    radio.checked = value === chosen;
    radio.addEventListener('change', () => change(value));
    return element(
      'label',
      {},
      radio,
      element('span', value === 'en' || value === 'vi' ? { lang: value } : {}, label),
    );
  });
  return element(
    'fieldset',
    { class: 'segments' },
    element('legend', {}, legend),
    element('div', {}, ...labels),
  );
}

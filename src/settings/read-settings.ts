/** Settings as they were stored, by whichever version of the desk, → settings that fit this one. */
import {
  DEFAULT_SETTINGS,
  type DeskSettings,
  deskSettings,
  dutySettings,
} from '../contracts/desk-settings.ts';
import { type MailSettings, mailSettings } from '../contracts/mail.ts';

export interface SettingsRead {
  readonly settings: DeskSettings;
  /** Fields that do not fit, or are missing, and have their default. */
  readonly replaced: readonly string[];
}

/** Field by field: one that went bad does not take the others along. */
export function readSettings(stored: unknown): SettingsRead {
  const replaced: string[] = [];
  const { duty: _, mail: __, ...plain } = deskSettings.shape;
  const { duty: defaultDuty, mail: defaultMail, ...defaults } = DEFAULT_SETTINGS;
  const top = readFields(plain, stored, defaults, '', replaced);
  const stale = (stored as { duty?: unknown } | null | undefined)?.duty;
  const duty = readFields(dutySettings.shape, stale, defaultDuty, 'duty.', replaced);
  const mail = readMail((stored as { mail?: unknown } | null | undefined)?.mail, defaultMail, replaced);
  return { settings: { ...top, duty, mail }, replaced };
}

/** Template by template. */
function readMail(stored: unknown, defaults: MailSettings, replaced: string[]): MailSettings {
  const { enabled, templates, signature } = mailSettings.shape;
  const source = (stored ?? {}) as { enabled?: unknown; templates?: unknown };
  return {
    ...readFields({ signature }, source, { signature: defaults.signature }, 'mail.', replaced),
    enabled: readFields(enabled.shape, source.enabled, defaults.enabled, 'mail.enabled.', replaced),
    templates: readFields(templates.shape, source.templates, defaults.templates, 'mail.templates.', replaced),
  };
}

function readFields<Fields extends object>(
  shape: {
    readonly [Key in keyof Fields]: { safeParse: (value: unknown) => { success: boolean; data?: unknown } };
  },
  stored: unknown,
  defaults: Fields,
  above: string,
  replaced: string[],
): Fields {
  const source = typeof stored === 'object' && stored !== null ? stored : {};
  const fields = { ...defaults };
  for (const key of Object.keys(shape) as (keyof Fields & string)[]) {
    const { success, data } = shape[key].safeParse(Reflect.get(source, key));
    if (success) fields[key] = data as Fields[typeof key];
    else replaced.push(`${above}${key}`);
  }
  return fields;
}

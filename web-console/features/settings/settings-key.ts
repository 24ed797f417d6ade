/** What the settings are remembered under. */
export const SETTINGS_KEY = ['settings'] as const;

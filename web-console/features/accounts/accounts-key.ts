/** What the list of accounts is remembered under. */
export const ACCOUNTS_KEY = ['accounts'] as const;

/** Under this all that is read of the inbox is kept. */
export const UNANSWERED_KEY = ['unanswered'] as const;

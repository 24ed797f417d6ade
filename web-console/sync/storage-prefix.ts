/** Everything that the console keeps begins like this. */
export const PREFIX = 'vssid-console.';

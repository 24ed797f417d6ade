/** Everything that the chat keeps begins like this. */
export const PREFIX = 'vssid-chat.';

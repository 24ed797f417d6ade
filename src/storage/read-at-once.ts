/** Documents of a long read that come in one batch: decoding them takes some 5 ms, then others get their turn. */
export const READ_AT_ONCE = 100;

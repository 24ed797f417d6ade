/** Downloads that are broken off. */

/** For a stream to somebody who breaks off: who does so has what was wanted. @throws whatever else went wrong */
export function forgiveBrokenOff(error: Error & { readonly code?: unknown }): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}

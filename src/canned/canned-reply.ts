/** An answer that staff keep ready, behind a shortcut. */

export interface CannedReply {
  readonly id: string;
  readonly shortcut: string;
  readonly title: string;
  readonly text: string;
}

/** Two shortcuts that differ in capitals alone are one. */
export function keyOf(shortcut: string): string {
  return shortcut.normalize('NFC').toLowerCase();
}

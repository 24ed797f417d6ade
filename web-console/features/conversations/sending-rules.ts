/**
 * What is worth sending at all; the desk looks again. As the contracts have it, which would bring their schemas into
 * the bundle. Pure.
 */

export const LONGEST_TEXT = 2_000;
export const LARGEST_BYTES = 10 * 1024 * 1024;
export const MOST_FILES = 5;
export const FILE_TYPES: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'application/pdf',
];

export type FileFault = 'tooLarge' | 'type';

/** null: it will do. */
export function faultOf({ size, type }: { readonly size: number; readonly type: string }): FileFault | null {
  if (!FILE_TYPES.includes(type)) return 'type';
  return size > LARGEST_BYTES ? 'tooLarge' : null;
}

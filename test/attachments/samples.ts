/** The smallest files of each kind, and longer ones made of them. */

const PNG_MAGIC = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Checksums are not looked at. */
function chunk(type: string, length: number): Buffer {
  const bytes = Buffer.alloc(length + 12);
  bytes.writeUInt32BE(length);
  bytes.write(type, 4, 'latin1');
  return bytes;
}

/** @param profile bytes of a colour profile in front of the picture */
export function png(profile = 0): Buffer {
  return Buffer.concat([
    Buffer.from(PNG_MAGIC),
    chunk('IHDR', 13),
    ...(profile > 0 ? [chunk('iCCP', profile)] : []),
    chunk('IDAT', 10),
    chunk('IEND', 0),
  ]);
}

export const SAMPLES = {
  'image/png': png(),
  'image/jpeg': Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
  'image/gif': Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  'image/webp': Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64'),
  'application/pdf': Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'),
} as const;

export const NOT_TAKEN = {
  'a page that calls itself a picture': Buffer.from('<!doctype html><script>alert(1)</script>'),
  'a drawing that may hold a script': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  'a program': Buffer.from('4d5a90000300000004000000ffff0000', 'hex'),
  'an archive': Buffer.from('504b0304140000000800', 'hex'),
  text: Buffer.from('xin chào'),
  nothing: Buffer.alloc(0),
} as const;

/** Takes `length` bytes, different from place to place so that a lost or doubled part shows. */
export function pdfOf(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at++) bytes[at] = (at * 31 + (at >> 8)) & 255;
  SAMPLES['application/pdf'].copy(bytes);
  return bytes;
}

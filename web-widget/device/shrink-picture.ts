/** Makes a photo small enough for a slow network, on the device, before it is sent. */

/** Letters on a photographed form can still be read. */
const LONGEST_SIDE_PX = 1_600;
const QUALITY = 0.8;
/** What the desk takes as it is. */
const TAKEN: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];

/** @returns the same file where it is small already, is no photo, or cannot be read here: the desk then judges it */
export async function shrinkPicture(file: File): Promise<{ readonly content: Blob; readonly name: string }> {
  const asItIs = { content: file, name: file.name };
  // Drawing a GIF would keep its first moment only.
  if (!file.type.startsWith('image/') || file.type === 'image/gif') return asItIs;
  const address = URL.createObjectURL(file);
  try {
    const picture = await readPicture(address);
    const scale = LONGEST_SIDE_PX / Math.max(picture.naturalWidth, picture.naturalHeight);
    const isTaken = TAKEN.includes(file.type);
    if (scale >= 1 && isTaken) return asItIs;
    const drawn = await draw(picture, Math.min(1, scale));
    if (drawn === null || (isTaken && drawn.size >= file.size)) return asItIs;
    return { content: drawn, name: `${file.name.replace(/\.\w{1,5}$/, '')}.jpg` };
  } catch {
    return asItIs;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** As the camera was held: an `img` minds what the file says of it. */
function readPicture(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve(picture);
    picture.onerror = reject;
    picture.src = address;
  });
}

function draw(picture: HTMLImageElement, scale: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) return Promise.resolve(null);
  // JPEG knows no transparency: without this it would be black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
}

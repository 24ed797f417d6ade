import { expect, test } from 'vitest';
import type { AttachmentView } from '../../src/contracts/attachments.ts';
import type { Uploaded } from '../../web-widget/desk-api.ts';
import { createUploads, LARGEST_FILE, MOST_FILES, type Uploads } from '../../web-widget/sync/uploads.ts';

interface Request {
  readonly name: string;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
  readonly answer: (uploaded: Uploaded) => void;
}

const viewOf = (name: string): AttachmentView => ({
  id: `id-${name}`,
  url: `attachments/id-${name}`,
  name,
  type: name.endsWith('.pdf') ? 'application/pdf' : 'image/jpeg',
  size: 7,
});
const picture = (name: string, size = 7): File =>
  new File([new Uint8Array(size)], name, { type: name.endsWith('.pdf') ? 'application/pdf' : 'image/jpeg' });

/** Uploads that go to a desk which answers when it is told to. */
function open() {
  const requests: Request[] = [];
  const forgotten: string[] = [];
  const uploads = createUploads({
    shrink: async (file) => ({ content: file, name: file.name }),
    send: (_content, name, onProgress, signal) =>
      new Promise((answer) => requests.push({ name, onProgress, signal, answer })),
    previews: {
      make: ({ name }) => `blob:${name}`,
      forget: (address) => forgotten.push(address),
      at: ({ url }) => url,
    },
  });
  return {
    uploads,
    requests,
    forgotten,
    /** The request that is under way. */
    async next(): Promise<Request> {
      await settle();
      return requests[requests.length - 1]!;
    },
  };
}
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const states = (uploads: Uploads): string[] =>
  uploads.list().map(({ name, state }) => `${name} ${state.kind}`);

test('files go to the desk one after the other, and into a message all at once', async () => {
  const { uploads, requests, next } = open();
  uploads.add([picture('a.jpg'), picture('b.pdf')]);
  (await next()).onProgress(0.4);
  expect(uploads.list()[0]?.state).toEqual({ kind: 'running', progress: 0.4 });
  expect(requests.map(({ name }) => name)).toEqual(['a.jpg']);
  (await next()).answer({ file: viewOf('a.jpg') });
  (await next()).answer({ file: viewOf('b.pdf') });
  await settle();
  expect(states(uploads)).toEqual(['a.jpg ready', 'b.pdf ready']);
  expect(uploads.list().map(({ preview }) => preview)).toEqual(['blob:a.jpg', null]);
  expect(uploads.take()).toEqual([viewOf('a.jpg'), viewOf('b.pdf')]);
  expect(uploads.list()).toEqual([]);
});

test('what failed stays, holds up nobody, and can be tried again', async () => {
  const { uploads, next } = open();
  uploads.add([picture('a.jpg'), picture('b.jpg')]);
  (await next()).answer({ failure: { code: 'unreachable', message: null } });
  (await next()).answer({ file: viewOf('b.jpg') });
  await settle();
  expect(states(uploads)).toEqual(['a.jpg failed', 'b.jpg ready']);
  expect(uploads.take()).toEqual([viewOf('b.jpg')]);
  uploads.retry(uploads.list()[0]!.key);
  expect(states(uploads)).toEqual(['a.jpg running']);
  (await next()).answer({ file: viewOf('a.jpg') });
  await settle();
  expect(states(uploads)).toEqual(['a.jpg ready']);
});

test('one that is taken out on its way is broken off and does not come back', async () => {
  const { uploads, next, forgotten } = open();
  uploads.add([picture('a.jpg'), picture('b.jpg')]);
  const first = await next();
  uploads.remove(uploads.list()[0]!.key);
  expect([first.signal.aborted, forgotten]).toEqual([true, ['blob:a.jpg']]);
  first.answer({ file: viewOf('a.jpg') });
  (await next()).answer({ file: viewOf('b.jpg') });
  await settle();
  expect(states(uploads)).toEqual(['b.jpg ready']);
});

test('what is too large is not even tried', async () => {
  const { uploads, requests } = open();
  uploads.add([picture('a.pdf', LARGEST_FILE + 1)]);
  await settle();
  expect(uploads.list()[0]?.state).toMatchObject({ failure: { code: 'attachment_too_large' } });
  expect(requests).toEqual([]);
});

test('no more are taken than one message may have', () => {
  const { uploads } = open();
  const many = Array.from({ length: MOST_FILES }, (_, index) => picture(`${index}.jpg`));
  expect(uploads.add(many)).toBe(true);
  expect(uploads.add([picture('more.jpg')])).toBe(false);
  expect(uploads.list()).toHaveLength(MOST_FILES);
  uploads.giveBack([viewOf('back.jpg')]);
  expect(uploads.list()[0]?.state).toEqual({ kind: 'ready', file: viewOf('back.jpg') });
  uploads.giveBack(many.map(({ name }) => viewOf(name)));
  expect(uploads.take()).toHaveLength(MOST_FILES);
});

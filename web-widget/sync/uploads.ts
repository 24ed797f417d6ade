/** Files that were chosen and not sent yet: on their way to the desk one after the other, there, or failed. */
import type { AttachmentView } from '../../src/contracts/attachments.ts';
import { TOO_LARGE, type Uploaded, type UploadFailure } from '../desk-api.ts';

export interface Upload {
  readonly key: number;
  readonly name: string;
  /** The address of a small picture of it; null: it is none. */
  readonly preview: string | null;
  readonly state:
    | { readonly kind: 'running'; readonly progress: number }
    | { readonly kind: 'ready'; readonly file: AttachmentView }
    | { readonly kind: 'failed'; readonly failure: UploadFailure };
}

export interface UploadsDeps {
  readonly shrink: (file: File) => Promise<{ readonly content: Blob; readonly name: string }>;
  readonly send: (
    content: Blob,
    name: string,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<Uploaded>;
  /** The address of a picture on this device, until it is forgotten; of one at the desk. */
  readonly previews: {
    readonly make: (file: File) => string;
    readonly forget: (address: string) => void;
    readonly at: (file: AttachmentView) => string;
  };
}

export interface Uploads {
  readonly list: () => readonly Upload[];
  /** @returns false: some were left out, because there are too many */
  readonly add: (files: readonly File[]) => boolean;
  readonly retry: (key: number) => void;
  /** Also while it is on its way. */
  readonly remove: (key: number) => void;
  /** Takes out what is there, for a message. What failed stays. */
  readonly take: () => readonly AttachmentView[];
  /** Of a message that is written anew. */
  readonly giveBack: (files: readonly AttachmentView[]) => void;
  readonly clear: () => void;
  /** @returns the function that takes the listener away again */
  readonly subscribe: (listener: () => void) => () => void;
}

/** What the contract allows (src/contracts/chat.ts and attachments.ts, held together by a test). */
export const MOST_FILES = 5;
export const LARGEST_FILE = 10 * 1024 * 1024;

interface Chosen {
  readonly upload: Upload;
  /** null: given back, it is at the desk. */
  readonly source: { readonly file: File; readonly abort: AbortController } | null;
}

export function createUploads({ shrink, send, previews }: UploadsDeps): Uploads {
  let chosen: readonly Chosen[] = [];
  let serial = 0;
  /** One at a time: a phone has memory for one large photo, and a network for one file. */
  let tail = Promise.resolve();
  const listeners = new Set<() => void>();

  const put = (next: readonly Chosen[]): void => {
    for (const { upload } of chosen) {
      const isKept = next.some(({ upload: { preview } }) => preview === upload.preview);
      if (upload.preview !== null && !isKept) previews.forget(upload.preview);
    }
    chosen = next;
    for (const listener of listeners) listener();
  };
  const set = (key: number, state: Upload['state']): void =>
    put(chosen.map((one) => (one.upload.key === key ? { ...one, upload: { ...one.upload, state } } : one)));

  const run = async (key: number): Promise<void> => {
    const source = chosen.find(({ upload }) => upload.key === key)?.source;
    if (!source || source.abort.signal.aborted) return;
    const { content, name } = await shrink(source.file);
    const { signal } = source.abort;
    if (signal.aborted) return;
    if (content.size > LARGEST_FILE) return set(key, { kind: 'failed', failure: TOO_LARGE });
    const onProgress = (progress: number): void => set(key, { kind: 'running', progress });
    const uploaded = await send(content, name, onProgress, signal);
    if (signal.aborted) return;
    set(key, 'file' in uploaded ? { kind: 'ready', file: uploaded.file } : { kind: 'failed', ...uploaded });
  };
  const start = (key: number): void => {
    tail = tail.then(() => run(key));
  };
  const remove = (leaves: (one: Chosen) => boolean): void => {
    for (const one of chosen) if (leaves(one)) one.source?.abort.abort();
    put(chosen.filter((one) => !leaves(one)));
  };

  return {
    list: () => chosen.map(({ upload }) => upload),
    add(files) {
      const room = files.slice(0, Math.max(0, MOST_FILES - chosen.length));
      const added = room.map((file): Chosen => {
        const isPicture = file.type.startsWith('image/');
        return {
          upload: {
            key: ++serial,
            name: file.name,
            preview: isPicture ? previews.make(file) : null,
            state: { kind: 'running', progress: 0 },
          },
          source: { file, abort: new AbortController() },
        };
      });
      put([...chosen, ...added]);
      for (const { upload } of added) start(upload.key);
      return room.length === files.length;
    },
    retry(key) {
      set(key, { kind: 'running', progress: 0 });
      start(key);
    },
    remove: (key) => remove(({ upload }) => upload.key === key),
    take() {
      const ready = chosen.filter(({ upload }) => upload.state.kind === 'ready').slice(0, MOST_FILES);
      remove((one) => ready.includes(one));
      return ready.flatMap(({ upload: { state } }) => (state.kind === 'ready' ? [state.file] : []));
    },
    giveBack(files) {
      const back = files.map(
        (file): Chosen => ({
          upload: {
            key: ++serial,
            name: file.name,
            preview: file.type.startsWith('image/') ? previews.at(file) : null,
            state: { kind: 'ready', file },
          },
          source: null,
        }),
      );
      put([...back, ...chosen]);
    },
    clear: () => remove(() => true),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

import { useRef, useState } from 'react';
import type { AttachmentView } from '../../../src/contracts/attachments.ts';
import { copy } from '../../copy.ts';
import { sayFailed } from '../../shell/notices.ts';
import { faultOf, MOST_FILES } from './sending-rules.ts';
import { uploadFile } from './upload.ts';

const words = copy.conversations.attachments;

export interface Attachment {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** 0 … 1 */
  readonly progress: number;
  /** null: still on its way. */
  readonly file: AttachmentView | null;
  readonly abort: () => void;
}

export interface Attachments {
  readonly items: readonly Attachment[];
  readonly isUploading: boolean;
  readonly add: (files: Iterable<File>) => void;
  /** Files that were uploaded before. */
  readonly restore: (files: readonly AttachmentView[]) => void;
  readonly remove: (key: string) => void;
  /** What has been uploaded; afterwards there is nothing here any more. */
  readonly takeAll: () => readonly AttachmentView[];
}

/** The files that go with the next message. */
export function useAttachments(): Attachments {
  const [items, setItems] = useState<readonly Attachment[]>([]);
  const names = useRef(0);
  const patch = (key: string, change: Partial<Attachment>): void =>
    setItems((before) => before.map((item) => (item.key === key ? { ...item, ...change } : item)));
  const drop = (key: string): void => setItems((before) => before.filter((item) => item.key !== key));

  const addOne = async (file: File): Promise<void> => {
    const key = `file ${++names.current}`;
    const stop = new AbortController();
    const { name, size } = file;
    const item = { key, name, size, progress: 0, file: null, abort: () => stop.abort() };
    setItems((before) => [...before, item]);
    const upload = await uploadFile(file, (progress) => patch(key, { progress }), stop.signal);
    if (upload.ok) patch(key, { progress: 1, file: upload.file });
    else {
      drop(key);
      if (!stop.signal.aborted)
        sayFailed(new Error(upload.message === null ? words.failed(name) : `${name}: ${upload.message}`));
    }
  };
  return {
    items,
    isUploading: items.some(({ file }) => file === null),
    add(files) {
      let room = MOST_FILES - items.length;
      for (const file of files) {
        const fault = faultOf(file);
        if (fault !== null) sayFailed(new Error(words[fault](file.name)));
        else if (room-- > 0) void addOne(file);
        else {
          sayFailed(new Error(words.tooMany));
          break;
        }
      }
    },
    restore(files) {
      setItems(
        files.map((file) => ({
          key: `file ${++names.current}`,
          name: file.name,
          size: file.size,
          progress: 1,
          file,
          abort: () => undefined,
        })),
      );
    },
    remove(key) {
      items.find((item) => item.key === key)?.abort();
      drop(key);
    },
    takeAll() {
      setItems([]);
      return items.flatMap(({ file }) => (file === null ? [] : [file]));
    },
  };
}

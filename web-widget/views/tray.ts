/** The files that will go with the next message, above the input: how far they are, and how to be rid of them. */
import type { Copy } from '../copy.vi.ts';
import { button, element, icon, iconButton } from '../element.ts';
import type { Upload, Uploads } from '../sync/uploads.ts';
import { ICONS } from './icons.ts';

export interface TrayWords {
  readonly files: Pick<
    Copy['files'],
    'chosen' | 'uploading' | 'ready' | 'cancel' | 'retry' | 'failed' | 'failures'
  >;
  readonly banner: Pick<Copy['banner'], 'retry'>;
  readonly refusal: Copy['refusal'];
}

export interface Tray {
  readonly box: HTMLElement;
  readonly render: (uploads: readonly Upload[]) => void;
}

interface Entry {
  readonly node: HTMLElement;
  readonly set: (upload: Upload) => void;
}

/** The same file will not do. */
const HOPELESS: readonly string[] = ['attachment_type', 'attachment_too_large'];

/** @param settle where the focus goes when what had it is gone */
export function createTray(
  copy: TrayWords,
  { retry, remove }: Pick<Uploads, 'retry' | 'remove'>,
  settle: () => void,
): Tray {
  const box = element('ul', { class: 'tray', role: 'list', 'aria-label': copy.files.chosen });
  box.hidden = true;
  let entries = new Map<number, Entry>();

  const createEntry = ({ key, name, preview }: Upload): Entry => {
    const state = element('p', { class: 'meta', role: 'status' });
    const bar = element('progress', { max: '1', 'aria-hidden': 'true' });
    const again = button('chip', copy.banner.retry, () => retry(key));
    again.setAttribute('aria-label', copy.files.retry(name));
    const drop = iconButton('icon-button', copy.files.cancel(name), ICONS.close, () => {
      remove(key);
      settle();
    });
    const picture =
      preview === null ? icon(ICONS.file) : element('img', { src: preview, alt: '', decoding: 'async' });
    const node = element(
      'li',
      {},
      picture,
      element('div', { class: 'about' }, element('p', { class: 'name' }, name), bar, state, again),
      drop,
    );
    let said = '';
    return {
      node,
      set({ state: { kind }, state: now }) {
        node.className = kind;
        bar.hidden = now.kind !== 'running';
        again.hidden = now.kind !== 'failed' || HOPELESS.includes(now.failure.code);
        if (now.kind === 'running') bar.value = now.progress;
        const words =
          now.kind === 'running'
            ? // Those who listen are not told every step.
              copy.files.uploading(Math.floor(now.progress * 4) * 25)
            : now.kind === 'ready'
              ? copy.files.ready
              : sayFailure(now.failure, copy);
        if (words === said) return;
        said = words;
        state.textContent = words;
      },
    };
  };

  return {
    box,
    render(uploads) {
      const next = new Map<number, Entry>();
      for (const upload of uploads) {
        const entry = entries.get(upload.key) ?? createEntry(upload);
        entry.set(upload);
        next.set(upload.key, entry);
      }
      for (const [key, { node }] of entries) if (!next.has(key)) node.remove();
      [...next.values()].forEach(({ node }, index) => {
        if (box.children[index] !== node) box.insertBefore(node, box.children[index] ?? null);
      });
      entries = next;
      box.hidden = uploads.length === 0;
    },
  };
}

function sayFailure(
  { code, message }: Extract<Upload['state'], { kind: 'failed' }>['failure'],
  copy: TrayWords,
): string {
  const failures: Readonly<Record<string, string>> = copy.files.failures;
  return failures[code] ?? (message === null ? copy.files.failed : copy.refusal(code, message));
}

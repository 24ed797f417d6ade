/**
 * What is being written, kept until the desk has it: a reload or a dead network loses nothing. It stays with this tab
 * alone, because the next person at the same computer is another one.
 */
import type { AttachmentView } from '../../src/contracts/attachments.ts';
import type { BrowserStorage } from '../../web-sync/browser-storage.ts';

/**
 * `tried`: it was sent as it is and may have arrived, so that with other words it needs another key.
 */
export interface FormDraft {
  readonly key: string;
  readonly choice: string;
  readonly tried: boolean;
  readonly content: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly office: string;
}
export interface InformationDraft {
  readonly key: string;
  readonly tried: boolean;
  readonly text: string;
  /** Those that are at the desk already. */
  readonly files: readonly AttachmentView[];
}
/** The ticket that is open. */
export interface Visit {
  readonly code: string;
  readonly token: string;
}

export interface Drafts {
  readonly form: Draft<FormDraft>;
  readonly information: (code: string) => Draft<InformationDraft>;
  readonly visit: Draft<Visit>;
}
export interface Draft<Content> {
  /** null: there is none, or it is damaged. */
  readonly get: () => Content | null;
  readonly set: (content: Content) => void;
  readonly clear: () => void;
}

const PREFIX = 'vssid-ticket.';

export function createDrafts(storage: BrowserStorage): Drafts {
  /** @param witness a property that every sound one has */
  const draft = <Content>(name: string, witness: keyof Content): Draft<Content> => {
    const key = PREFIX + name;
    return {
      get() {
        try {
          const kept = JSON.parse(storage.get(key) ?? 'null') as Content | null;
          return typeof kept?.[witness] === 'string' ? kept : null;
        } catch {
          return null;
        }
      },
      set: (content) => storage.set(key, JSON.stringify(content)),
      clear: () => storage.remove(key),
    };
  };
  return {
    form: draft<FormDraft>('form', 'content'),
    information: (code) => draft<InformationDraft>(`information.${code}`, 'text'),
    visit: draft<Visit>('visit', 'token'),
  };
}

/** "Dạy bot": a wording of a contact that the staff propose as a phrase of an intent. Editors decide. */
import type { Person, ProposalRequest } from '../contracts/console.ts';
import { AppError } from '../kernel/app-error.ts';
import type { PhraseProposalStore } from './phrase-proposal-store.ts';

export interface PhraseProposalsDeps {
  readonly store: Pick<PhraseProposalStore, 'save'>;
  /** What the contact said there; null: nothing. */
  readonly findText: (conversation: string, seq: number) => Promise<string | null>;
  readonly hasIntent: (intent: string) => boolean;
  readonly audit: (entry: {
    readonly actor: Person;
    readonly address: string;
    readonly action: 'phrase.proposed';
    readonly subject: string;
    readonly details: Readonly<Record<string, unknown>>;
  }) => Promise<void>;
  readonly now?: () => Date;
}

export interface PhraseProposals {
  /** May be repeated. @throws AppError `message_not_found`, `faq_not_found` */
  readonly propose: (request: ProposalRequest, by: Person, address: string) => Promise<void>;
}

export function createPhraseProposals(deps: PhraseProposalsDeps): PhraseProposals {
  const { store, now = () => new Date() } = deps;
  return {
    async propose({ conversation, seq, intent }, by, address) {
      if (!deps.hasIntent(intent)) throw new AppError({ code: 'faq_not_found', message: intent });
      const text = await deps.findText(conversation, seq);
      if (text === null) throw new AppError({ code: 'message_not_found', message: `${conversation}#${seq}` });
      await deps.audit({
        actor: by,
        address,
        action: 'phrase.proposed',
        subject: `conversation:${conversation}#${seq}`,
        details: { intent },
      });
      await store.save({ conversation, seq, text, intent, by, at: now() });
    },
  };
}

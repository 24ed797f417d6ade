/** While the desk cannot store, its memory still answers: asked once for everything that waits in the outbox. */
import type { AnswerRequest, AnswerResponse } from '../../src/contracts/answers.ts';
import type { Store } from '../../web-sync/store.ts';
import type { ChatState } from './chat-state.ts';

export type AskDesk = (request: AnswerRequest) => Promise<AnswerResponse | null>;

export function answerProvisionally(store: Store<ChatState>, ask: AskDesk): void {
  const asked = new Set<string>();
  store.subscribe(({ link, pending, owner }) => {
    if (link !== 'degraded') return;
    for (const { clientId, text, platform, attachments, refused } of pending) {
      // What a picture shows, only a person can tell.
      if (asked.has(clientId) || attachments !== undefined || refused !== undefined) continue;
      asked.add(clientId);
      void ask({ text, ...(platform === undefined ? {} : { platform }) }).then((answer) => {
        const { provisional, owner: current } = store.get();
        if (answer === null) asked.delete(clientId);
        else if (current === owner) store.set({ provisional: new Map(provisional).set(clientId, answer) });
      });
    }
  });
}

/** Nobody signs out over messages that are not sent without knowing it. */
import { copy } from '../../copy.ts';
import { useSignOutGuard } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { useDeskState } from '../../sync/use-desk.ts';

const words = copy.conversations.unsent;

export function useUnsentGuard(): void {
  const count = useDeskState((state) => state.pending).length;
  useSignOutGuard(async () =>
    count === 0 ? true : confirmAct({ title: words.title, text: words.text(count), act: words.leave }),
  );
}

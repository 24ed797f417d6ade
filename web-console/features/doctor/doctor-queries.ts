/** What the doctor's screen reads and does. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DoctorView } from '../../../src/contracts/corpus-doctor.ts';
import type { DraftList, DraftRow } from '../../../src/contracts/curation.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { chooseDraft, useChosenDraft } from '../curation/chosen-draft.ts';
import { words } from './copy.ts';

const KEY = ['doctor'];
/** While it examines, the bar moves. */
const LOOK_EVERY_MS = 1_500;

export function useDoctor() {
  return useQuery({
    queryKey: KEY,
    queryFn: () => api.get<DoctorView>('curation/doctor'),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK_EVERY_MS : false),
  });
}

export function useExamination() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (pages: boolean) => api.post<DoctorView>('curation/doctor', { pages }),
    onSuccess: (view) => cache.setQueryData(KEY, view),
    onError: sayFailed,
  });
}

export type PhraseFix =
  | { readonly kind: 'move'; readonly text: string; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly text: string; readonly from: string };

/** The draft that the person works in, else the newest open one of their own, else a new one, which is chosen then. */
async function getDraft(account: string, chosen: string | null): Promise<string> {
  const { drafts } = await api.get<DraftList>('curation/drafts');
  const own = drafts.filter(({ status, createdBy }) => status === 'open' && createdBy.id === account);
  const found = drafts.find(({ id }) => id === chosen) ?? own[0];
  const draft = found ?? (await api.post<DraftRow>('curation/drafts', { name: words.newDraft }));
  chooseDraft(account, draft.id);
  return draft.id;
}

export function usePhraseFix() {
  const cache = useQueryClient();
  const account = useSession().account.id;
  const chosen = useChosenDraft(account);
  return useMutation({
    async mutationFn(fix: PhraseFix): Promise<void> {
      const draft = await getDraft(account, chosen);
      const { text, from } = fix;
      if (fix.kind === 'move')
        await api.post('curation/phrases/move', { draft, phrases: [text], from, to: fix.to });
      else await api.post(`curation/intents/${from}/phrases`, { draft, remove: [text] });
    },
    onSuccess(_, { kind }) {
      void cache.invalidateQueries({ queryKey: ['curation'] });
      sayDone(kind === 'move' ? words.moved : words.removed);
    },
    onError: sayFailed,
  });
}

/** What the doctor's screen reads and does. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DoctorView } from '../../../src/contracts/corpus-doctor.ts';
import { api } from '../../api.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
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

/** @param draft that it is made in; null: none is chosen */
export function usePhraseFix(draft: string | null) {
  const cache = useQueryClient();
  return useMutation({
    async mutationFn(fix: PhraseFix): Promise<void> {
      if (draft === null) throw new Error(words.noDraft);
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

/** What the inbox reads from the desk and does there, and where the list stands, kept in the address. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { EntryList } from '../../../src/contracts/curation.ts';
import type {
  ConfirmedPage,
  EntryRequest,
  GroupRow,
  GroupView,
  LexiconRequest,
  TeachRequest,
  UnansweredPage,
} from '../../../src/contracts/unanswered.ts';
import { api } from '../../api.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { CURATION_KEY } from '../curation/curation-queries.ts';
import { UNANSWERED_KEY } from './unanswered-key.ts';

const TYPING_MS = 200;
/** The desk gathers every few seconds; a glance a minute is enough to see more come in. */
const LOOK_EVERY_MS = 60_000;
const NAMES = ['tab', 'state', 'signal', 'topic', 'days', 'q', 'page', 'group'] as const;

export type Filters = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

export function useFilters() {
  const [query, setQuery] = useSearchParams();
  const filters: Filters = Object.fromEntries(
    NAMES.flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : [])),
  );
  return {
    filters,
    /** Another filter begins on the first page; another group is a step that "back" takes back on a phone. */
    change(part: Filters, replace = true): void {
      const next = Object.entries({ ...filters, ...part });
      setQuery(Object.fromEntries(next.filter((entry): entry is [string, string] => Boolean(entry[1]))), {
        replace,
      });
    },
  };
}

export function useGroups({ state, signal, topic, days, q, page }: Filters) {
  const [wanted] = useDebouncedValue({ state, signal, topic, days, q, page }, TYPING_MS, { leading: true });
  return useQuery({
    queryKey: [...UNANSWERED_KEY, 'list', wanted],
    queryFn: () => api.get<UnansweredPage>('curation/unanswered', wanted),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_EVERY_MS,
  });
}

export function useGroup(id: string | null) {
  return useQuery({
    queryKey: [...UNANSWERED_KEY, 'group', id],
    queryFn: () => api.get<GroupView>(`curation/unanswered/${id}`),
    enabled: id !== null,
  });
}

export type GroupAct =
  | { readonly act: 'teach'; readonly body: TeachRequest }
  | { readonly act: 'entry'; readonly body: EntryRequest }
  | { readonly act: 'lexicon'; readonly body: LexiconRequest }
  | { readonly act: 'ignore'; readonly body: { readonly reason: string } }
  | { readonly act: 'undo'; readonly body: Record<string, never> };

/** @param done what to say when it is */
export function useGroupAct(id: string, done: (row: GroupRow) => string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ act, body }: GroupAct) => api.post<GroupRow>(`curation/unanswered/${id}/${act}`, body),
    onSuccess(row) {
      cache.setQueryData<GroupView>(
        [...UNANSWERED_KEY, 'group', id],
        (known) => known && { ...known, ...row },
      );
      void cache.invalidateQueries({ queryKey: [...UNANSWERED_KEY] });
      // The draft has changed with it.
      void cache.invalidateQueries({ queryKey: CURATION_KEY });
      sayDone(done(row));
    },
    onError: sayFailed,
  });
}

/**
 * All that may be answered: for whoever looks for another intent than those suggested.
 * @param draft whose answers count too
 */
export function useAllEntries(isWanted: boolean, draft: string | undefined) {
  return useQuery({
    queryKey: [...CURATION_KEY, 'entries', { draft }],
    queryFn: () => api.get<EntryList>('curation/entries', { draft }),
    enabled: isWanted,
  });
}

export function useConfirmed({ q, page }: Filters) {
  const [wanted] = useDebouncedValue({ q, page }, TYPING_MS, { leading: true });
  return useQuery({
    queryKey: [...UNANSWERED_KEY, 'confirmed', wanted],
    queryFn: () => api.get<ConfirmedPage>('curation/confirmed', wanted),
    placeholderData: keepPreviousData,
  });
}

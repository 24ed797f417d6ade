/** What these screens read from the desk. A change of anything makes all of it out of date: one thing moves another. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CheckView } from '../../../src/contracts/corpus-releases.ts';
import type {
  DraftList,
  DraftRow,
  DraftView,
  EntryList,
  EntryView,
  LexiconKind,
  LexiconPage,
} from '../../../src/contracts/curation.ts';
import { api, type QueryValues } from '../../api.ts';
import { isDue } from './draft-rules.ts';

export const CURATION_KEY = ['curation'];
const CHECK_EVERY_MS = 1_000;
const LOOK_WHEN_DUE_MS = 3_000;
const LOOK_WHEN_SCHEDULED_MS = 30_000;

/** Everything shown of drafts, entries and releases is read again. */
export function useCurationReload(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: CURATION_KEY });
}

export function useDrafts(status: 'open' | 'all') {
  return useQuery({
    queryKey: [...CURATION_KEY, 'drafts', status],
    queryFn: () => api.get<DraftList>('curation/drafts', { status }),
  });
}

export function useDraft(id: string) {
  return useQuery({
    queryKey: [...CURATION_KEY, 'draft', id],
    queryFn: () => api.get<DraftView>(`curation/drafts/${id}`),
    // The desk publishes it by itself.
    refetchInterval: ({ state: { data } }) =>
      !data || data.publishAt === null
        ? false
        : isDue(data, Date.now())
          ? LOOK_WHEN_DUE_MS
          : LOOK_WHEN_SCHEDULED_MS,
  });
}

export interface EntriesWanted extends QueryValues {
  readonly q?: string | undefined;
  readonly topic?: string | undefined;
  readonly show?: string | undefined;
}

/** @param draft undefined: not known yet, and nothing is read; null: as it is live */
export function useEntries(wanted: EntriesWanted, draft: DraftRow | null | undefined) {
  const query = { ...wanted, draft: draft?.id };
  return useQuery({
    queryKey: [...CURATION_KEY, 'entries', query],
    queryFn: () => api.get<EntryList>('curation/entries', query),
    enabled: draft !== undefined,
    placeholderData: keepPreviousData,
  });
}

export const entryKey = (id: string, draft: string | undefined) => [
  ...CURATION_KEY,
  'entry',
  id,
  draft ?? null,
];

export const readEntry = (id: string, draft: string | undefined): Promise<EntryView> =>
  api.get<EntryView>(`curation/entries/${id}`, { draft });

export function useEntry(id: string, draft: DraftRow | null | undefined) {
  return useQuery({
    queryKey: entryKey(id, draft?.id),
    queryFn: () => readEntry(id, draft?.id),
    enabled: draft !== undefined,
  });
}

export interface LexiconWanted extends QueryValues {
  readonly kind: LexiconKind;
  readonly q?: string | undefined;
  readonly page?: number | undefined;
}

export function useLexicon(wanted: LexiconWanted, draft: DraftRow | null | undefined) {
  const query = { ...wanted, draft: draft?.id };
  return useQuery({
    queryKey: [...CURATION_KEY, 'lexicon', query],
    queryFn: () => api.get<LexiconPage>('curation/lexicon', query),
    enabled: draft !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** Followed while it runs, and where one is to begin by itself. */
export function useCheck(draft: string, isExpected = false) {
  return useQuery({
    queryKey: [...CURATION_KEY, 'check', draft],
    queryFn: () => api.get<CheckView>(`curation/drafts/${draft}/check`),
    refetchInterval: ({ state }) => (isExpected || state.data?.state === 'running' ? CHECK_EVERY_MS : false),
  });
}

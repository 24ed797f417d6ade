/** What the screens of incidents read from the desk. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { IncidentDetail, IncidentIntents, IncidentList } from '../../../src/contracts/incidents.ts';
import { api } from '../../api.ts';
import { INCIDENTS_KEY } from './incidents-key.ts';

/** Counts grow while one looks; whoever has no connection learns of changes by it too. */
const LOOK_EVERY_MS = 15_000;
/** While conversations are told one looks at how far it is. */
const TELLING_MS = 2_000;

export function useIncidents() {
  return useQuery({
    queryKey: [INCIDENTS_KEY, 'list'],
    queryFn: () => api.get<IncidentList>('incidents'),
    refetchInterval: ({ state }) =>
      state.data?.ended.some(({ told }) => told?.isOver === false) ? TELLING_MS : LOOK_EVERY_MS,
  });
}

export function useIncident(id: string) {
  return useQuery({
    queryKey: [INCIDENTS_KEY, 'one', id],
    queryFn: () => api.get<IncidentDetail>(`incidents/${id}`),
    refetchInterval: LOOK_EVERY_MS,
  });
}

export function useIncidentIntents() {
  return useQuery({
    queryKey: ['incident-intents'],
    queryFn: () => api.get<IncidentIntents>('incidents/intents'),
  });
}

export function useReloadIncidents(): () => void {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: [INCIDENTS_KEY] });
}

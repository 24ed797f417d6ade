/** How many groups of questions wait for an editor, in the navigation. */
import { useQuery } from '@tanstack/react-query';
import type { UnansweredCount } from '../../../src/contracts/unanswered.ts';
import { api } from '../../api.ts';
import { UNANSWERED_KEY } from './unanswered-key.ts';

const LOOK_EVERY_MS = 60_000;
const MOST_SHOWN = 99;

export function OpenCount() {
  const { data } = useQuery({
    queryKey: [...UNANSWERED_KEY, 'count'],
    queryFn: () => api.get<UnansweredCount>('curation/unanswered-count'),
    refetchInterval: LOOK_EVERY_MS,
  });
  if (data === undefined || data.open === 0) return null;
  return <span className="console-count">{data.open > MOST_SHOWN ? `${MOST_SHOWN}+` : data.open}</span>;
}

/** What contacts are told just now, on every screen; and word to supervisors that a rise was noticed. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import type { IncidentsNow } from '../../../src/contracts/incidents.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { useDeskEvents } from '../../sync/use-desk.ts';
import { INCIDENTS_KEY } from './incidents-key.ts';

const words = copy.incidents;
/** For those who have no connection to be told by. */
const LOOK_EVERY_MS = 60_000;
/** The number beside the destination stays. */
const SHOWN_FOR_MS = 20_000;

function useIncidentsNow(): IncidentsNow | null {
  const { may } = useSession();
  const { data } = useQuery({
    queryKey: [INCIDENTS_KEY, 'now'],
    queryFn: () => api.get<IncidentsNow>('incidents/now'),
    enabled: may('incidents.read'),
    refetchInterval: LOOK_EVERY_MS,
  });
  return data ?? null;
}

/** How many rises nobody has looked at, in the navigation. */
export function NoticedCount() {
  const noticed = useIncidentsNow()?.suspicions ?? 0;
  return noticed === 0 ? null : <span className="console-count">{noticed}</span>;
}

export function IncidentLine() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  useDeskEvents((event) => {
    if (event.kind === 'incidents' || event.kind === 'entered')
      void cache.invalidateQueries({ queryKey: [INCIDENTS_KEY] });
    if (event.kind === 'incidentNoticed') {
      const { kind, title } = event.notice;
      notifications.show({
        // Notices stand outside the router: a link would find no way.
        message: (
          <>
            <strong>{words.notices[kind]}</strong>
            <br />
            {title}{' '}
            <Button variant="light" size="compact-sm" onClick={() => void navigate('/incidents')}>
              {words.look}
            </Button>
          </>
        ),
        color: 'orange',
        autoClose: SHOWN_FOR_MS,
        closeButtonProps: { 'aria-label': copy.actions.close },
      });
    }
  });
  const [first, ...more] = useIncidentsNow()?.banners ?? [];
  return (
    <div role="status" className="incident-line" data-level={first?.level} data-shown={first !== undefined}>
      {first !== undefined && (
        <Link to="/incidents" title={first.text}>
          <strong>{words.line}</strong> {first.text}
          {more.length > 0 && ` ${words.more(more.length)}`}
        </Link>
      )}
    </div>
  );
}

import { Link } from 'react-router';
import { copy } from './copy.ts';
import { atView, VIEWS } from './ticket-address.ts';
import { useTicketCounts } from './ticket-queries.ts';
import type { TicketAddressing } from './use-ticket-address.ts';

/** Which list, and how much is in each. */
export function ViewTabs({ addressing: { address, linkTo } }: { readonly addressing: TicketAddressing }) {
  const { data } = useTicketCounts();
  return (
    <nav aria-label={copy.viewsLabel} className="ticket-views">
      {VIEWS.map((view) => {
        const count = view === 'all' ? undefined : data?.counts[view];
        return (
          <Link
            key={view}
            to={linkTo(atView(address, view))}
            className="ticket-view"
            aria-current={view === address.view ? 'page' : undefined}
          >
            {copy.views[view]}
            {count !== undefined && count > 0 && (
              <span className="ticket-count" data-late={view === 'overdue'}>
                {copy.countOf(count, data?.most ?? 0)}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}

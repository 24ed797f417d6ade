import type { TicketDetail } from '../../../src/contracts/tickets.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { copy } from './copy.ts';
import { contactLine, kindName } from './ticket-badges.tsx';

const words = copy.fields;

/** What stands in fields on screen, as text on paper. Numbers stay masked. */
export function PrintFacts({ ticket }: { readonly ticket: TicketDetail }) {
  const { name, reach } = contactLine(ticket);
  const facts = [
    [words.kind, kindName(ticket)],
    [copy.contact.title, [name, reach].filter((part) => part !== '').join(' · ')],
    [words.category, ticket.category],
    [words.office, ticket.office],
    [words.assignee, ticket.assignee?.name ?? copy.nobody],
    [words.tags, ticket.tags.join(', ')],
    [words.source, copy.sources[ticket.source]],
    [words.createdAt, sayDateTime(ticket.createdAt)],
  ] as const;
  return (
    <dl className="ticket-print ticket-dl" aria-hidden>
      {facts.map(
        ([label, value]) =>
          value !== null &&
          value !== '' && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** What happened: what was said stands out, what was changed is told in small letters. */
import { Text, Title } from '@mantine/core';
import type { TicketDetail, TicketEntryView } from '../../../src/contracts/tickets.ts';
import { useSession } from '../../session.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { copy } from './copy.ts';
import { actorName, sayEntry } from './entry-words.ts';
import { FileList } from './file-list.tsx';

const words = copy.entry;

export function TicketTimeline({ ticket }: { readonly ticket: TicketDetail }) {
  return (
    <section aria-label={copy.detail.timeline}>
      <Title order={2} size="h5" mb="xs">
        {copy.detail.timeline}
      </Title>
      <ol className="ticket-timeline">
        {ticket.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { readonly entry: TicketEntryView }) {
  const { account } = useSession();
  const change = sayEntry(entry, account.id);
  return (
    <li className="ticket-entry" data-kind={change === null ? entry.kind : 'change'}>
      {change === null ? <Said entry={entry} me={account.id} /> : <Changed entry={entry} text={change} />}
    </li>
  );
}

function Changed({ entry, text }: { readonly entry: TicketEntryView; readonly text: string }) {
  return (
    <>
      <Text size="sm" component="p" className="ticket-entry-line">
        {text}
        <Time at={entry.at} />
      </Text>
      {entry.text !== '' && (
        <Text size="sm" className="console-lines ticket-entry-reason">
          {entry.text}
        </Text>
      )}
    </>
  );
}

function Said({ entry, me }: { readonly entry: TicketEntryView; readonly me: string }) {
  const { kind, via, text, quoted, attachments, by } = entry;
  const label = words[kind as 'reply' | 'note' | 'information'];
  return (
    <>
      <p className="ticket-entry-head">
        <strong>{actorName(by, me)}</strong>
        <span className="ticket-entry-kind">
          {[label, kind !== 'note' && via !== null ? words.via[via] : null]
            .filter((part) => part !== null)
            .join(' ')}
        </span>
        <Time at={entry.at} />
      </p>
      <Text className="console-lines">{text}</Text>
      {quoted !== '' && (
        <details className="ticket-quoted">
          <summary>{words.quoted}</summary>
          <Text size="sm" className="console-lines">
            {quoted}
          </Text>
        </details>
      )}
      <FileList files={attachments} />
    </>
  );
}

function Time({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} className="ticket-entry-time">
      {sayDateTime(at)}
    </time>
  );
}

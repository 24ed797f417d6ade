/** Calls back in the order in which they were promised. */
import { Button, Checkbox, Paper, Text } from '@mantine/core';
import { useState } from 'react';
import type { TicketRow } from '../../../src/contracts/tickets.ts';
import { CallDialog } from './call-dialog.tsx';
import { copy } from './copy.ts';
import { AssigneeName, contactLine, DeadlineText, PriorityMark, StatusBadge } from './ticket-badges.tsx';
import { CodeLink, type RowsProps } from './ticket-table.tsx';
import { sayStretch } from './ticket-times.ts';
import { isOver } from './transitions.ts';

const words = copy.callbacks;

export function CallbackRows({ rows, selected, toggle, here }: RowsProps) {
  const [called, setCalled] = useState<TicketRow | null>(null);
  return (
    <>
      <ul className="console-plain-list ticket-cards">
        {rows.map((row) => (
          <Paper
            key={row.code}
            withBorder
            p="sm"
            component="li"
            className="callback"
            data-selected={selected.has(row.code) || undefined}
          >
            {toggle !== null && (
              <Checkbox
                aria-label={copy.selectOne(row.code)}
                checked={selected.has(row.code)}
                onChange={() => toggle(row.code)}
              />
            )}
            <CallbackFacts row={row} here={here} />
            {toggle !== null && !isOver(row) && (
              <Button
                variant="light"
                size="sm"
                aria-label={words.actOf(row.code)}
                onClick={() => setCalled(row)}
                className="callback-act"
              >
                {words.act}
              </Button>
            )}
          </Paper>
        ))}
      </ul>
      <CallDialog row={called} close={() => setCalled(null)} />
    </>
  );
}

function CallbackFacts({ row, here }: { readonly row: TicketRow; readonly here: string }) {
  const { name, reach } = contactLine(row);
  return (
    <div className="callback-facts">
      <div className="callback-when">
        <Text fw={600} className="console-nowrap">
          {row.promised === null ? words.anytime : sayStretch(row.promised)}
        </Text>
        <DeadlineText row={row} />
      </div>
      <div className="callback-who">
        <Text size="sm">{[name, reach].filter((part) => part !== '').join(' · ')}</Text>
        {row.callAt !== null && (
          <Text size="sm" c="dimmed">
            {words.wish(row.callAt)}
          </Text>
        )}
        <Text size="sm" lineClamp={2} className="console-anywhere">
          {row.excerpt}
        </Text>
      </div>
      <div className="callback-marks">
        <CodeLink row={row} here={here} />
        <div className="ticket-card-foot">
          <StatusBadge row={row} />
          <PriorityMark priority={row.priority} />
        </div>
        <Text size="sm">
          <span className="ticket-quiet">{words.attemptsOf(row.attempts)} · </span>
          <AssigneeName assignee={row.assignee} />
        </Text>
      </div>
    </div>
  );
}

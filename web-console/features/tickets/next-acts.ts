/** What may be done with a ticket next, the likeliest first. Pure; the desk decides anew. */
import type { TicketDetail } from '../../../src/contracts/tickets.ts';
import { isOver } from './transitions.ts';

export type NextAct =
  | 'take'
  | 'start'
  | 'resume'
  | 'wait'
  | 'resolve'
  | 'close'
  | 'reopen'
  | 'call'
  | 'reject'
  | 'merge';

export interface NextActs {
  /** What one usually does now, first the likeliest. */
  readonly usual: readonly NextAct[];
  /** What one seldom does. */
  readonly seldom: readonly NextAct[];
}

export function nextActsOf(
  ticket: Pick<TicketDetail, 'status' | 'kind' | 'assignee' | 'outcome' | 'transitions'>,
  me: string,
): NextActs {
  const { status, kind, assignee, outcome, transitions } = ticket;
  const goes = (to: TicketDetail['status'], act: NextAct): readonly NextAct[] =>
    transitions.includes(to) ? [act] : [];
  if (isOver(ticket))
    return {
      usual: [...goes('in_progress', 'reopen'), ...goes('closed', 'close')],
      seldom: outcome === 'merged' || outcome === 'erased' ? [] : ['merge'],
    };
  const begin = assignee === null ? (['take'] as const) : status === 'new' ? (['start'] as const) : [];
  const call = kind === 'callback' ? (['call'] as const) : [];
  const take = assignee !== null && assignee.id !== me ? (['take'] as const) : [];
  const going: readonly NextAct[] =
    status === 'waiting'
      ? [...goes('in_progress', 'resume'), ...goes('resolved', 'resolve')]
      : [...goes('resolved', 'resolve'), ...goes('waiting', 'wait')];
  return {
    usual: [...begin, ...call, ...(status === 'new' && begin.length > 0 ? [] : going)].slice(0, 3),
    seldom: [
      ...take,
      ...(status === 'new' && begin.length > 0 ? going : []),
      ...goes('closed', 'close'),
      'reject',
      'merge',
    ],
  };
}

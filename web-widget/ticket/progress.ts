/** How far a ticket is, as a line of steps. */
import type { CitizenTicket } from '../../src/contracts/citizen-tickets.ts';
import { element, unseen } from '../element.ts';
import { copy } from './copy.ts';
import { dayOf } from './moments.ts';

const words = copy.ticket;
const STEPS = ['received', 'working', 'done'] as const;
const REACHED: Readonly<Record<CitizenTicket['status'], number>> = {
  new: 0,
  in_progress: 1,
  waiting: 1,
  resolved: 2,
  closed: 2,
};

export function renderProgress({ status, outcome, reason, expectedBy }: CitizenTicket): HTMLElement {
  const reached = REACHED[status];
  const steps = STEPS.map((step, at) => {
    const state = at < reached || reached === STEPS.length - 1 ? 'done' : at === reached ? 'now' : 'later';
    return element(
      'li',
      { class: state, ...(at === reached ? { 'aria-current': 'step' } : {}) },
      element('span', {}, words.steps[step]),
      unseen(` (${words.stepStates[state]})`),
    );
  });
  const ended = outcome === null ? null : words.outcomes[outcome];
  const sentences = [
    ended ?? words.statuses[status],
    ...(reason === null ? [] : [words.reason(reason)]),
    ...(expectedBy === null ? [] : [words.expected(dayOf(expectedBy))]),
  ];
  return element(
    'section',
    { class: `card progress ${status}`, 'aria-labelledby': 'progress' },
    element('h3', { id: 'progress' }, words.progress),
    element('ol', { class: 'steps', role: 'list' }, ...steps),
    ...sentences.map((sentence) => element('p', {}, sentence)),
  );
}

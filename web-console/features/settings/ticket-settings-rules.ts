/** The settings of tickets while they are edited: numbers are texts while they are typed. Pure. */
import type { TicketSettings } from '../../../src/contracts/desk-settings.ts';
import { copy } from '../tickets/copy.ts';
import { KINDS, PRIORITIES } from '../tickets/ticket-address.ts';

const words = copy.settings;

type Typed = number | string;
type LimitName = 'firstResponseMinutes' | 'resolutionMinutes';
type Kind = keyof TicketSettings['limits'];
type Priority = keyof TicketSettings['limits'][Kind];

export interface TicketSettingsDraft {
  readonly limits: Readonly<Record<Kind, Readonly<Record<Priority, Readonly<Record<LimitName, Typed>>>>>>;
  readonly warnAtShare: Typed;
  readonly closeResolvedAfterDays: Typed;
  readonly reopenDays: Typed;
  readonly categories: readonly string[];
}

const HOUR = 60;

/** Hours as typed → minutes as kept; what is no number stays as it is, to be objected to. */
export function minutesOf(hours: Typed): Typed {
  return typeof hours === 'number' ? Math.round(hours * HOUR) : hours;
}

/** Minutes as kept → hours as shown. */
export function hoursOf(minutes: Typed): Typed {
  return typeof minutes === 'number' ? Math.round((minutes / HOUR) * 100) / 100 : minutes;
}

export function setLimit(
  draft: TicketSettingsDraft,
  [kind, priority, name]: readonly [Kind, Priority, LimitName],
  minutes: Typed,
): TicketSettingsDraft {
  const ofKind = draft.limits[kind];
  const limits = {
    ...draft.limits,
    [kind]: { ...ofKind, [priority]: { ...ofKind[priority], [name]: minutes } },
  };
  return { ...draft, limits };
}

/** What is wrong with the limits before they are sent. */
export function checkTickets({
  limits,
}: TicketSettingsDraft): Partial<Record<'settings.tickets.limits', string>> {
  for (const kind of KINDS)
    for (const priority of PRIORITIES) {
      const { firstResponseMinutes: first, resolutionMinutes: last } = limits[kind][priority];
      if (typeof first !== 'number' || typeof last !== 'number' || first < 1 || last < 1)
        return { 'settings.tickets.limits': words.hoursWrong };
      if (first > last)
        return {
          'settings.tickets.limits': words.firstAfterLast(copy.kinds[kind], copy.priorities[priority]),
        };
    }
  return {};
}

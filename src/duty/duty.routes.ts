/** The duty calendar on screen: holidays of a year, whether it is on now, and reading a table of special days. */
import {
  type DutyNow,
  type DutyYear,
  dutyYearQuery,
  type SpecialDaysImported,
  specialDaysImport,
} from '../contracts/desk-settings.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { DutyCalendar } from './duty.ts';
import { parseSpecialDays } from './parse-special-days.ts';

export interface DutyRoutesDeps {
  readonly duty: DutyCalendar;
  readonly now?: () => Date;
}

export function createDutyRoutes({ duty, now = () => new Date() }: DutyRoutesDeps): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/duty/holidays',
      permission: 'settings.read',
      handle(request, response) {
        const { year } = parseQuery(dutyYearQuery, request);
        const holidays = duty.listDaysOff(Number(year)).map(({ day, name }) => ({ day, name }));
        response.json({ holidays } satisfies DutyYear);
      },
    },
    {
      method: 'get',
      path: '/duty/now',
      permission: 'settings.read',
      handle(_request, response) {
        const { onDuty, until, backAt } = duty.at(now());
        response.json({
          onDuty,
          until: until?.toISOString() ?? null,
          backAt: backAt?.toISOString() ?? null,
        } satisfies DutyNow);
      },
    },
    {
      // Reads what was pasted and tells what it found; it is saved with the settings.
      method: 'post',
      path: '/duty/special-days',
      permission: 'settings.edit',
      handle(request, response) {
        const { csv } = parseBody(specialDaysImport, request);
        response.json(parseSpecialDays(csv) satisfies SpecialDaysImported);
      },
    },
  ];
}

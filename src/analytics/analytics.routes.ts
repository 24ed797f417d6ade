/** The numbers over REST, for the staff. */
import {
  behindQuery,
  type ContentNumbers,
  type ConversationsBehind,
  numbersQuery,
  type Overview,
  overviewQuery,
  type StaffNumbers,
  staffNumbersQuery,
  tableQuery,
} from '../contracts/analytics.ts';
import { DEFINITIONS, type Definitions } from '../contracts/analytics-definitions.ts';
import { parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Behind, BehindPlace } from './behind.ts';
import type { Numbers } from './numbers.ts';
import { writeTable } from './tables.ts';

export interface AnalyticsRoutesDeps {
  readonly numbers: Numbers;
  readonly behind: Behind;
  /** Lines of the inbox with what was asked, in this order; those that are gone are missing. */
  readonly describe: (places: readonly BehindPlace[]) => Promise<ConversationsBehind['conversations']>;
}

export function createAnalyticsRoutes({ numbers, behind, describe }: AnalyticsRoutesDeps): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/analytics/overview',
      permission: 'analytics.read',
      async handle(request, response) {
        response.json((await numbers.overview(parseQuery(overviewQuery, request))) satisfies Overview);
      },
    },
    {
      method: 'get',
      path: '/analytics/definitions',
      permission: 'analytics.read',
      handle(_request, response) {
        response.json(DEFINITIONS satisfies Definitions);
      },
    },
    {
      method: 'get',
      path: '/analytics/content',
      permission: 'analytics.read',
      async handle(request, response) {
        response.json((await numbers.content(parseQuery(numbersQuery, request))) satisfies ContentNumbers);
      },
    },
    {
      method: 'get',
      path: '/analytics/staff',
      permission: 'analytics.staff',
      async handle(request, response) {
        response.json((await numbers.staff(parseQuery(staffNumbersQuery, request))) satisfies StaffNumbers);
      },
    },
    {
      method: 'get',
      path: '/analytics/conversations',
      permission: 'analytics.staff',
      async handle(request, response) {
        const { places, cursor } = await behind.list(parseQuery(behindQuery, request));
        response.json({ conversations: await describe(places), cursor } satisfies ConversationsBehind);
      },
    },
    {
      method: 'get',
      path: '/analytics/export',
      permission: 'analytics.export',
      async handle(request, response) {
        const { table, intent, ...query } = parseQuery(tableQuery, request);
        const text = await writeTable(table, {
          overview: () => numbers.overview({ ...query, intent }),
          content: () => numbers.content(query),
          staff: () => numbers.staff(query),
        });
        const name = `thong-ke-${table}-${query.from}-${query.to}.csv`;
        response.attachment(name).type('text/csv; charset=utf-8').send(text);
      },
    },
  ];
}

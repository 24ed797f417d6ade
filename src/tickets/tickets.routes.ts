/** Tickets over REST, for the staff. */
import type { Response } from 'express';
import { z } from 'zod';
import {
  type BulkResult,
  bulkChange,
  newTicket,
  type TicketContact,
  type TicketCounts,
  type TicketDetail,
  type TicketPage,
  ticketChange,
  ticketCode,
  ticketFilter,
  ticketMerge,
  ticketNote,
  ticketQuery,
  ticketReply,
} from '../contracts/tickets.ts';
import { forgiveBrokenOff } from '../http/broken-off.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import type { WorkingTime } from './deadlines.ts';
import { presentDetail, presentRow } from './present-ticket.ts';
import type { StaffTickets } from './staff-tickets.ts';
import type { Ticket } from './ticket.ts';
import { writeTicketTable } from './ticket-table.ts';
import type { Tickets } from './tickets.ts';

export interface TicketRoutesDeps {
  readonly tickets: Pick<Tickets, 'list' | 'count' | 'get'>;
  readonly staffTickets: StaffTickets;
  readonly work: WorkingTime;
}

/** Beyond it nobody counts: "1.000+". */
const MOST_COUNTED = 1_000;
const exportQuery = ticketFilter.extend({ format: z.enum(['csv', 'xlsx']).default('csv') });

export function createTicketRoutes({ tickets, staffTickets, work }: TicketRoutesDeps): StaffRoute[] {
  const send = (response: Response, ticket: Ticket, status = 200): void => {
    response.status(status).json(presentDetail(ticket, new Date(), work) satisfies TicketDetail);
  };
  return [
    {
      method: 'get',
      path: '/tickets',
      permission: 'tickets.read',
      async handle(request, response, staff) {
        const page = await tickets.list(parseQuery(ticketQuery, request), staff.id);
        const now = new Date();
        const rows = page.tickets.map((ticket) => presentRow(ticket, now, work));
        response.json({ tickets: rows, cursor: page.cursor } satisfies TicketPage);
      },
    },
    {
      method: 'get',
      path: '/tickets/counts',
      permission: 'tickets.read',
      async handle(_request, response, staff) {
        const counts = await tickets.count(staff.id, MOST_COUNTED);
        response.json({ most: MOST_COUNTED, counts } satisfies TicketCounts);
      },
    },
    {
      method: 'get',
      path: '/tickets/export',
      permission: 'tickets.export',
      async handle(request, response, staff) {
        const { format, ...filter } = parseQuery(exportQuery, request);
        const found = await staffTickets.export(filter, staff);
        response.attachment(`phieu.${format}`).type(TYPES[format]);
        await writeTicketTable(format, found, response, new Date(), work).catch(forgiveBrokenOff);
      },
    },
    {
      method: 'get',
      path: '/tickets/:code',
      permission: 'tickets.read',
      handle: async (request, response) => send(response, await tickets.get(codeOf(request.params))),
    },
    {
      method: 'post',
      path: '/tickets',
      permission: 'tickets.handle',
      async handle(request, response, staff) {
        send(response, await staffTickets.create(parseBody(newTicket, request), staff), 201);
      },
    },
    {
      method: 'post',
      path: '/tickets/bulk',
      permission: 'tickets.handle',
      async handle(request, response, staff) {
        const { codes, change } = parseBody(bulkChange, request);
        response.json((await staffTickets.changeMany(codes, change, staff)) satisfies BulkResult);
      },
    },
    {
      method: 'post',
      path: '/tickets/:code/changes',
      permission: 'tickets.handle',
      async handle(request, response, staff) {
        const change = parseBody(ticketChange, request);
        send(response, await staffTickets.change(codeOf(request.params), change, staff));
      },
    },
    {
      method: 'post',
      path: '/tickets/:code/replies',
      permission: 'tickets.handle',
      async handle(request, response, staff) {
        const said = { kind: 'reply', ...parseBody(ticketReply, request) } as const;
        send(response, await staffTickets.say(codeOf(request.params), said, staff));
      },
    },
    {
      method: 'post',
      path: '/tickets/:code/notes',
      permission: 'tickets.handle',
      async handle(request, response, staff) {
        const said = { kind: 'note', next: null, ...parseBody(ticketNote, request) } as const;
        send(response, await staffTickets.say(codeOf(request.params), said, staff));
      },
    },
    {
      method: 'post',
      path: '/tickets/:code/merge',
      permission: 'tickets.handle',
      async handle(request, response, staff) {
        const { into, anyway } = parseBody(ticketMerge, request);
        send(response, await staffTickets.merge(codeOf(request.params), into, anyway, staff));
      },
    },
    {
      method: 'post',
      path: '/tickets/:code/reveal',
      permission: 'tickets.handle',
      async handle(request, response, staff) {
        const contact = await staffTickets.reveal(codeOf(request.params), staff);
        response.json(contact satisfies TicketContact);
      },
    },
    {
      method: 'delete',
      path: '/tickets/:code/contact-data',
      permission: 'tickets.erase',
      handle: async (request, response, staff) =>
        send(response, await staffTickets.erase(codeOf(request.params), staff)),
    },
  ];
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

function codeOf(params: Readonly<Record<string, unknown>>): string {
  const code = ticketCode.safeParse(params['code']);
  if (!code.success) throw new AppError({ code: 'ticket_not_found', message: 'not a code' });
  return code.data;
}

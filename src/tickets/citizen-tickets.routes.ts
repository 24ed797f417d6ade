/** Tickets over REST, for citizens: by code and contact, then by a token for an hour. */
import { type Request, type Response, Router } from 'express';
import {
  type CitizenTicket,
  type TicketFound,
  ticketForm,
  ticketInformation,
  ticketLookup,
  ticketRating,
  ticketReopening,
} from '../contracts/citizen-tickets.ts';
import { parseBody } from '../http/parse-request.ts';
import { refuseOtherMethods } from '../http/refuse-other-methods.ts';
import type { CitizenTickets } from './citizen-tickets.ts';

export interface CitizenTicketRoutesDeps {
  readonly citizens: CitizenTickets;
  /** Takes the file of a form in, under the ticket's name, and answers. */
  readonly receiveFile: (owner: `ticket:${string}`, request: Request, response: Response) => Promise<void>;
}

export function createCitizenTicketRoutes({ citizens, receiveFile }: CitizenTicketRoutesDeps): Router {
  const routes = Router();
  const codeOf = (request: Request): Promise<string> =>
    citizens.authorize(/^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '');
  const send = (response: Response, ticket: CitizenTicket): void => {
    response.set('cache-control', 'no-store').json(ticket satisfies CitizenTicket);
  };

  routes.post('/tickets', async (request, response) => {
    const found = await citizens.send(parseBody(ticketForm, request), request.ip ?? '');
    response
      .status(201)
      .set('cache-control', 'no-store')
      .json(found satisfies TicketFound);
  });
  routes.post('/tickets/lookup', async (request, response) => {
    const { code, contact } = parseBody(ticketLookup, request);
    const found = await citizens.find(code, contact, request.ip ?? '');
    response.set('cache-control', 'no-store').json(found satisfies TicketFound);
  });
  routes.get('/tickets/mine', async (request, response) => {
    send(response, await citizens.view(await codeOf(request)));
  });
  routes.delete('/tickets/mine', async (request, response) => {
    await citizens.erase(await codeOf(request));
    response.status(204).end();
  });
  routes.post('/tickets/mine/information', async (request, response) => {
    const code = await codeOf(request);
    send(response, await citizens.add(code, parseBody(ticketInformation, request)));
  });
  routes.post('/tickets/mine/attachments', async (request, response) => {
    const code = await codeOf(request);
    response.set('cache-control', 'no-store');
    await receiveFile(`ticket:${code}`, request, response);
  });
  routes.post('/tickets/mine/satisfaction', async (request, response) => {
    const code = await codeOf(request);
    const { score, comment = '' } = parseBody(ticketRating, request);
    send(response, await citizens.rate(code, score, comment));
  });
  routes.post('/tickets/mine/reopen', async (request, response) => {
    const code = await codeOf(request);
    send(response, await citizens.reopen(code, parseBody(ticketReopening, request).reason));
  });
  routes.get('/tickets/mine/export', async (request, response) => {
    const code = await codeOf(request);
    response.set('cache-control', 'no-store').attachment(`phieu-${code}.json`);
    response.type('json').send(JSON.stringify(await citizens.export(code), null, 2));
  });
  return refuseOtherMethods(routes);
}

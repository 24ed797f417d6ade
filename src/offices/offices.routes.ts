/** `GET /offices?q=…`, public. */
import { Router } from 'express';
import { type OfficeList, officeQuery } from '../contracts/offices.ts';
import { parseQuery } from '../http/parse-request.ts';
import { refuseMethod } from '../http/refuse-method.ts';
import type { Offices } from './offices.ts';
import { presentOffice } from './present-office.ts';

export function createOfficeRoutes({ offices }: { readonly offices: Offices }): Router {
  const routes = Router();
  routes.get('/offices', (request, response) => {
    const { q } = parseQuery(officeQuery, request);
    response.json({ offices: offices.find(q).map(presentOffice) } satisfies OfficeList);
  });
  routes.all('/offices', refuseMethod);
  return routes;
}

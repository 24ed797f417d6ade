/** `GET /offices?q=…&latitude=…&longitude=…`, public. */
import { Router } from 'express';
import { type OfficeList, officeQuery } from '../contracts/offices.ts';
import { parseQuery } from '../http/parse-request.ts';
import { refuseOtherMethods } from '../http/refuse-other-methods.ts';
import type { OfficeSearch } from './office-search.ts';
import { presentOffice } from './present-office.ts';

export function createOfficeRoutes({ search }: { readonly search: OfficeSearch }): Router {
  const routes = Router();
  routes.get('/offices', (request, response) => {
    const { q, latitude, longitude } = parseQuery(officeQuery, request);
    const near = latitude === undefined || longitude === undefined ? null : { latitude, longitude };
    response.json({ offices: search.find(q, near).map(presentOffice) } satisfies OfficeList);
  });
  return refuseOtherMethods(routes);
}

import type { Router } from 'express';
import { AppError } from '../kernel/app-error.ts';

/** Every method that an address of these routes does not take is refused, and told which it takes. */
export function refuseOtherMethods(routes: Router): Router {
  const taken = new Map<string, string[]>();
  for (const { route } of routes.stack) {
    if (route === undefined) continue;
    const methods = route.stack.flatMap(({ method = '' }) => (method === 'get' ? ['get', 'head'] : [method]));
    taken.set(route.path, [...(taken.get(route.path) ?? []), ...methods]);
  }
  for (const [path, methods] of taken) {
    const allowed = methods.join(', ').toUpperCase();
    routes.all(path, (request, response) => {
      response.set('allow', allowed);
      throw new AppError({ code: 'method_not_allowed', message: request.method });
    });
  }
  return routes;
}

/** What browsers are told of every answer: Helmet's headers, with a content security policy of our own. */
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** The headers are the same for every answer: worked out once. */
export function setSecurityHeaders(): RequestHandler {
  const headers = listSecurityHeaders();
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

export function listSecurityHeaders(): readonly (readonly [name: string, value: string])[] {
  const headers: [string, string][] = [];
  const setAll = helmet({
    contentSecurityPolicy: {
      directives: {
        'upgrade-insecure-requests': null,
        // Pictures in answers may come from elsewhere; styles and fonts do not.
        'img-src': ["'self'", 'data:', 'blob:', 'https:'],
        'style-src': ["'self'", "'unsafe-inline'"],
        'font-src': ["'self'", 'data:'],
      },
    },
    // Browsers complain of these two on plain http, as on an office network; the page opens no windows.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    // Express is told not to say so in the first place.
    xPoweredBy: false,
  });
  const response = { setHeader: (name: string, value: string) => headers.push([name, value]) };
  setAll({} as never, response as never as Response, (error?: unknown) => {
    if (error !== undefined) throw error;
  });
  return headers;
}

/** Reading the audit log over REST, below /api/v1/staff. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AuditPage, auditQuery } from '../contracts/audit.ts';
import { forgiveBrokenOff } from '../http/broken-off.ts';
import { parseQuery } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { gatherRows } from '../kernel/csv.ts';
import { writeAuditCsv } from './audit-csv.ts';
import type { AuditLog } from './audit-log.ts';
import { presentAuditEntry } from './present-audit-entry.ts';

export function createAuditRoutes(deps: { readonly audit: AuditLog }): StaffRoute[] {
  const { audit } = deps;
  return [
    {
      method: 'get',
      path: '/audit',
      permission: 'audit.read',
      async handle(request, response) {
        const { entries, hasMore } = await audit.list(parseQuery(auditQuery, request));
        response.json({ entries: entries.map(presentAuditEntry), hasMore } satisfies AuditPage);
      },
    },
    {
      method: 'get',
      path: '/audit/export',
      permission: 'audit.read',
      async handle(request, response, { id, name, address }) {
        const query = parseQuery(auditQuery, request);
        const actor = { id, name };
        await audit.append({ actor, action: 'audit.exported', subject: 'audit', details: query, address });
        response.attachment('nhat-ky-kiem-toan.csv').type('text/csv; charset=utf-8');
        const table = Readable.from(gatherRows(writeAuditCsv(audit.walk(query))));
        await pipeline(table, response).catch(forgiveBrokenOff);
      },
    },
  ];
}

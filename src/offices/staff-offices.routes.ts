/** The directory over REST: read by all of the staff, kept by editors; tables in both directions. */
import type { Request, Response } from 'express';
import multer from 'multer';
import {
  type ImportPlan,
  type ImportResult,
  importLot,
  LARGEST_OFFICE_TABLE,
  newOffice,
  OFFICE_TABLE_FIELD,
  OFFICES_ON_A_PAGE,
  type OfficeNames,
  type OfficePage,
  type OfficeRecord,
  officeChange,
  officeListQuery,
  officeRemoval,
} from '../contracts/office-directory.ts';
import { parseBody, parseQuery } from '../http/parse-request.ts';
import { readFormError } from '../http/read-form-error.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Offices } from './offices.ts';
import { parseOfficeTable } from './parse-office-table.ts';
import { planImport } from './plan-import.ts';
import { presentOfficeRecord } from './present-office.ts';
import { TEMPLATE, writeOfficeTable } from './write-office-table.ts';

export function createStaffOfficeRoutes({ offices }: { readonly offices: Offices }): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/offices',
      permission: 'offices.read',
      async handle(request, response) {
        const { q, province, level, active, page } = parseQuery(officeListQuery, request);
        const all = await offices.list();
        const isActive = active === undefined ? undefined : active === 'yes';
        const fitting = await offices.list({ q, province, level, active: isActive });
        const from = (page - 1) * OFFICES_ON_A_PAGE;
        response.json({
          offices: fitting.slice(from, from + OFFICES_ON_A_PAGE).map(presentOfficeRecord),
          total: fitting.length,
          pages: Math.ceil(fitting.length / OFFICES_ON_A_PAGE),
          all: all.length,
          provinces: [...new Set(all.map((office) => office.province))],
        } satisfies OfficePage);
      },
    },
    {
      method: 'get',
      path: '/office-names',
      permission: 'offices.read',
      async handle(_request, response) {
        const all = await offices.list();
        response.json({ offices: all.map(({ code, name }) => ({ code, name })) } satisfies OfficeNames);
      },
    },
    {
      method: 'post',
      path: '/offices',
      permission: 'offices.edit',
      async handle(request, response, staff) {
        const made = await offices.create(parseBody(newOffice, request), staff);
        response.status(201).json(presentOfficeRecord(made) satisfies OfficeRecord);
      },
    },
    {
      method: 'get',
      path: '/offices/:code',
      permission: 'offices.read',
      async handle(request, response) {
        const office = await offices.get(String(request.params['code']));
        response.json(presentOfficeRecord(office) satisfies OfficeRecord);
      },
    },
    {
      method: 'put',
      path: '/offices/:code',
      permission: 'offices.edit',
      async handle(request, response, staff) {
        const { revision, office } = parseBody(officeChange, request);
        const changed = await offices.change(String(request.params['code']), revision, office, staff);
        response.json(presentOfficeRecord(changed) satisfies OfficeRecord);
      },
    },
    {
      method: 'delete',
      path: '/offices/:code',
      permission: 'offices.edit',
      async handle(request, response, staff) {
        const { revision } = parseBody(officeRemoval, request);
        await offices.remove(String(request.params['code']), revision, staff);
        response.status(204).end();
      },
    },
    {
      method: 'get',
      path: '/office-table',
      permission: 'offices.read',
      async handle(_request, response) {
        sendTable(response, 'co-quan-bhxh.csv', writeOfficeTable(await offices.list()));
      },
    },
    {
      method: 'get',
      path: '/office-table/template',
      permission: 'offices.read',
      handle(_request, response) {
        sendTable(response, 'mau-co-quan-bhxh.csv', TEMPLATE);
      },
    },
    {
      // Reads a table and tells what it would do; nothing is changed by that.
      method: 'post',
      path: '/office-table',
      permission: 'offices.edit',
      async handle(request, response) {
        const table = parseOfficeTable(await receiveTable(request, response));
        response.json(planImport(table, await offices.list()) satisfies ImportPlan);
      },
    },
    {
      method: 'post',
      path: '/office-table/lots',
      permission: 'offices.edit',
      async handle(request, response, staff) {
        const result = await offices.importLot(parseBody(importLot, request), staff);
        response.json(result satisfies ImportResult);
      },
    },
  ];
}

function sendTable(response: Response, name: string, table: string): void {
  response.set('content-disposition', `attachment; filename="${name}"`);
  response.type('text/csv; charset=utf-8').send(table);
}

/** @throws AppError `office_table_too_large`; `invalid_request` when the form is broken or holds no file */
async function receiveTable(request: Request, response: Response): Promise<Uint8Array> {
  const readForm = multer({
    storage: multer.memoryStorage(),
    limits: { files: 1, fields: 0, fileSize: LARGEST_OFFICE_TABLE },
  }).single(OFFICE_TABLE_FIELD);
  await new Promise<void>((resolve, reject) => {
    readForm(request, response, (error: unknown) =>
      error ? reject(readFormError(error, OFFICE_TABLE_FIELD, 'office_table_too_large')) : resolve(),
    );
  });
  if (request.file === undefined)
    throw new AppError({ code: 'invalid_request', message: OFFICE_TABLE_FIELD });
  return request.file.buffer;
}

import { once } from 'node:events';
import { connect } from 'node:net';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAttachmentStore } from '../../src/attachments/attachment-store.ts';
import {
  createAttachmentRoutes,
  createStaffAttachmentRoutes,
} from '../../src/attachments/attachments.routes.ts';
import { type Attachments, createAttachments } from '../../src/attachments/attachments.ts';
import { attachmentView, LARGEST_ATTACHMENT } from '../../src/contracts/attachments.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { LAN, type StaffApi, startStaffApi } from '../support/staff-api.ts';
import { NOT_TAKEN, pdfOf, SAMPLES } from './samples.ts';

const MAI = 'Bearer mai';
const MINE = '/api/v1/conversation/attachments';

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let attachments: Attachments;
let api: StaffApi;
let now = new Date('2026-11-30T03:00:00Z');
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  attachments = createAttachments({
    store: createAttachmentStore(connection),
    isStoreUp: () => true,
    logger: createLogger('silent'),
    now: () => now,
  });
  const findContact = async (authorization: string | undefined) => (authorization === MAI ? 'mai' : null);
  api = await startStaffApi({
    staff: createStaffAttachmentRoutes(attachments),
    api: [createAttachmentRoutes({ attachments, findContact })],
  });
});
afterAll(async () => {
  await api?.stop();
  await connection?.destroy();
  await database?.drop();
});
beforeEach(() => {
  // A window of uploads for each case.
  now = new Date(now.getTime() + 10 * 60_000);
});

function formOf(bytes: Buffer, name = 'ảnh thẻ.png', field = 'file'): FormData {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(bytes)]), name);
  return form;
}

async function post(form: FormData, path = MINE, headers: Record<string, string> = { authorization: MAI }) {
  const response = await fetch(`${api.url}${path}`, { method: 'POST', headers, body: form });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const chunks = () => database.client.db().collection('attachments.chunks').countDocuments();

describe('posting a file', () => {
  it('of a contact keeps it under the contact’s name', async () => {
    const { status, body } = await post(formOf(SAMPLES['image/png']));
    expect(status).toBe(201);
    const { id, ...rest } = attachmentView.parse(body);
    expect(rest).toEqual({
      url: `attachments/${id}`,
      name: 'ảnh thẻ.png',
      type: 'image/png',
      size: SAMPLES['image/png'].length,
    });
    expect(await attachments.find(id)).toMatchObject({ owner: 'contact:mai', conversation: null });
  });

  it('of the staff keeps it under the account', async () => {
    const { status, body } = await post(
      formOf(SAMPLES['application/pdf'], 'đơn.pdf'),
      '/api/v1/staff/attachments',
    );
    expect(status).toBe(201);
    expect(await attachments.find(String(body['id']))).toMatchObject({ owner: `account:${LAN.id}` });
  });

  it('is for contacts and for those of the staff who handle conversations', async () => {
    expect(await post(formOf(SAMPLES['image/png']), MINE, {})).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthenticated' } },
    });
    api.become('editor');
    expect((await post(formOf(SAMPLES['image/png']), '/api/v1/staff/attachments')).status).toBe(403);
    api.become('admin');
  });

  it.each([
    ['too large', formOf(pdfOf(LARGEST_ATTACHMENT + 1)), 413, 'attachment_too_large'],
    ['of a kind that is not taken', formOf(NOT_TAKEN['a program']), 415, 'attachment_type'],
    ['empty', formOf(NOT_TAKEN.nothing), 415, 'attachment_type'],
    ['in another field', formOf(SAMPLES['image/png'], 'a.png', 'anh'), 400, 'invalid_request'],
    ['missing', new FormData(), 400, 'invalid_request'],
  ])('that is %s is refused with a reason', async (_name, form, status, code) => {
    const before = await chunks();
    expect(await post(form)).toMatchObject({ status, body: { error: { code } } });
    expect(await chunks()).toBe(before);
  });

  it('takes one file at a time, and keeps none of two', async () => {
    const before = await chunks();
    const form = formOf(SAMPLES['image/png']);
    form.append('file', new Blob([new Uint8Array(SAMPLES['image/gif'])]), 'b.gif');
    expect((await post(form)).status).toBe(400);
    expect(await chunks()).toBe(before);
  });

  it.each([
    ['application/json', '{}', 415],
    ['multipart/form-data', 'x', 400],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="file"', 400],
    ['multipart/form-data; boundary=b', '--b\r\nno header\r\n\r\nx\r\n--b--\r\n', 400],
  ])('as %s %j is refused', async (type, body, status) => {
    const headers = { authorization: MAI, 'content-type': type };
    const response = await fetch(`${api.url}${MINE}`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
  });

  it('elsewhere is refused as before', async () => {
    const response = await post(formOf(SAMPLES['image/png']), '/api/v1/staff/canned');
    expect(response).toMatchObject({ status: 415, body: { error: { code: 'unsupported_media_type' } } });
  });

  it('twenty-one times within ten minutes is too often', async () => {
    const posts = [];
    for (let nth = 0; nth < 21; nth++) posts.push((await post(formOf(SAMPLES['image/gif']))).status);
    expect(posts).toEqual([...Array(20).fill(201), 429]);
  });

  it('that is cut off leaves nothing behind', async () => {
    const before = await chunks();
    const files = await database.client.db().collection('attachments.files').countDocuments();
    const { port } = new URL(api.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n';
    socket.write(
      `POST ${MINE} HTTP/1.1\r\nHost: desk\r\nAuthorization: ${MAI}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n${head}`,
    );
    socket.write(pdfOf(1_000_000));
    await vi.waitFor(async () => expect(await chunks()).toBeGreaterThan(before), 10_000);
    socket.destroy();
    await vi.waitFor(async () => expect(await chunks()).toBe(before), 10_000);
    expect(await database.client.db().collection('attachments.files').countDocuments()).toBe(files);
  });
});

describe('reading a file', () => {
  it('gives a picture to be shown, which may do nothing else', async () => {
    const { body } = await post(formOf(SAMPLES['image/jpeg'], 'ảnh "thẻ" (1).jpg'));
    const response = await fetch(`${api.url}/api/v1/${body['url']}`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(SAMPLES['image/jpeg'].length),
      'content-disposition':
        'inline; filename="_nh th_ (1).jpg"; filename*=UTF-8\'\'%E1%BA%A3nh%20th%E1%BA%BB%20%281%29.jpg',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400, immutable',
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(SAMPLES['image/jpeg'])).toBe(true);
  });

  it('gives a PDF to be saved', async () => {
    const bytes = pdfOf(700_000);
    const { body } = await post(formOf(bytes, 'đơn.pdf'));
    const response = await fetch(`${api.url}/api/v1/${body['url']}`);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it.each([`${'f'.repeat(24)}.${'x'.repeat(22)}`, 'x', '..%2F..%2Fetc'])(
    'that is not there: %s',
    async (id) => {
      const response = await fetch(`${api.url}/api/v1/attachments/${id}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'attachment_not_found' } });
    },
  );
});

import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCannedRoutes } from '../../src/canned/canned.routes.ts';
import { type CannedRepliesDeps, createCannedReplies } from '../../src/canned/canned-replies.ts';
import { createCannedReplyStore } from '../../src/canned/canned-reply-store.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { LAN, type StaffApi, startStaffApi } from '../support/staff-api.ts';

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let api: StaffApi;
const audited: Parameters<CannedRepliesDeps['audit']>[0][] = [];
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  const store = createCannedReplyStore(connection);
  await connection.model('CannedReply').createIndexes();
  const canned = createCannedReplies({ store, audit: async (entry) => audited.push(entry) });
  api = await startStaffApi({ staff: createCannedRoutes({ canned }) });
});
afterAll(async () => {
  await api?.stop();
  await connection?.destroy();
  await database?.drop();
});
beforeEach(async () => {
  await database.client.db().collection('canned_replies').deleteMany({});
  audited.length = 0;
  api.become('supervisor');
});

const draft = (shortcut: string) => ({ shortcut, title: `Mẫu ${shortcut}`, text: 'Dạ, em chào {khach}.' });
const post = async (shortcut: string): Promise<string> =>
  String((await api.call('POST', '/canned', draft(shortcut))).body['id']);

describe('canned replies', () => {
  it('are listed by shortcut, as Vietnamese is sorted', async () => {
    for (const shortcut of ['xinchao', 'Đợi', 'cảm-ơn', 'dạ', 'B2']) await post(shortcut);
    const { body } = await api.call('GET', '/canned');
    const replies = body['replies'] as { shortcut: string }[];
    expect(replies.map(({ shortcut }) => shortcut)).toEqual(['B2', 'cảm-ơn', 'dạ', 'Đợi', 'xinchao']);
    expect(replies[0]).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/), ...draft('B2') });
  });

  it('have a shortcut each, whatever its capitals, also when two are made at once', async () => {
    const made = await Promise.all(
      ['Đợi', 'ĐỢI', 'đợi'].map((one) => api.call('POST', '/canned', draft(one))),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const other = await post('khác');
    const { body } = await api.call('PUT', `/canned/${other}`, draft('đỢi'));
    expect(body).toMatchObject({ error: { code: 'canned_exists' } });
  });

  it('are changed and removed, and each time the audit log has it', async () => {
    const id = await post('chào');
    const changed = await api.call('PUT', `/canned/${id}`, draft('CHÀO'));
    expect(changed).toEqual({ status: 200, body: { id, ...draft('CHÀO') } });
    expect((await api.call('DELETE', `/canned/${id}`)).status).toBe(204);
    expect((await api.call('GET', '/canned')).body).toEqual({ replies: [] });
    expect(audited.map(({ subject, details }) => ({ subject, ...details }))).toEqual([
      { subject: `canned:${id}`, from: null, to: draft('chào') },
      { subject: `canned:${id}`, from: draft('chào'), to: draft('CHÀO') },
      { subject: `canned:${id}`, from: draft('CHÀO'), to: null },
    ]);
    expect(audited[0]).toMatchObject({ action: 'canned.changed', actor: { id: LAN.id, name: 'Lan' } });
  });

  it.each(['f'.repeat(24), 'khong-co', '123456789012'])(
    'that are not there are not found: %s',
    async (id) => {
      for (const [method, body] of [['PUT', draft('x')], ['DELETE']] as const)
        expect(await api.call(method, `/canned/${id}`, body)).toMatchObject({
          status: 404,
          body: { error: { code: 'canned_not_found' } },
        });
      expect(audited).toEqual([]);
    },
  );

  it.each([
    ['a shortcut with a space', { ...draft('x'), shortcut: 'xin chao' }],
    ['no text', { ...draft('x'), text: '  ' }],
    ['a field too many', { ...draft('x'), id: 'x' }],
  ])('with %s are refused', async (_name, body) => {
    expect((await api.call('POST', '/canned', body)).status).toBe(400);
  });
});

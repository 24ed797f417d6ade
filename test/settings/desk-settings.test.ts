import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type DeskSettings } from '../../src/contracts/desk-settings.ts';
import {
  createDeskSettings,
  type DeskSettingsDeps,
  type Settings,
} from '../../src/settings/desk-settings.ts';
import { createDeskSettingsStore } from '../../src/settings/desk-settings-store.ts';
import { readSettings } from '../../src/settings/read-settings.ts';
import { createSettingsRoutes } from '../../src/settings/settings.routes.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { createReadableLog } from '../support/log.ts';
import { LAN, type StaffApi, startStaffApi } from '../support/staff-api.ts';

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let store: DeskSettingsDeps['store'];
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  store = createDeskSettingsStore(connection);
});
afterAll(async () => {
  await connection?.destroy();
  await database?.drop();
});

const documents = () => database.client.db().collection<{ _id: string }>('desk_settings');
beforeEach(async () => {
  await documents().deleteMany({});
});

const changed = (change: Partial<DeskSettings>): DeskSettings => ({ ...DEFAULT_SETTINGS, ...change });

function openSettings(deps: Partial<DeskSettingsDeps> = {}) {
  const audited: Parameters<DeskSettingsDeps['audit']>[0][] = [];
  const log = createReadableLog();
  const settings: Settings = createDeskSettings({
    store,
    isStoreUp: () => true,
    audit: async (entry) => audited.push(entry),
    logger: log.logger,
    lookEveryMs: 20,
    ...deps,
  });
  return { settings, audited, log };
}

describe('the settings of the desk', () => {
  it('are the defaults until they are saved, and then what was saved', async () => {
    const { settings } = openSettings();
    expect(await settings.read()).toEqual({ revision: 0, settings: DEFAULT_SETTINGS });
    const wanted = changed({ reopenHours: 48, tags: ['thẻ BHYT'] });
    expect(await settings.save({ revision: 0, settings: wanted }, LAN)).toEqual({
      revision: 1,
      settings: wanted,
    });
    expect(settings.get()).toEqual(wanted);
    expect(await openSettings().settings.read()).toEqual({ revision: 1, settings: wanted });
  });

  it('are saved by one of those who read the same ones; the others are told', async () => {
    for (const revision of [0, 1]) {
      const tries = await Promise.allSettled(
        [1, 2, 3].map((hours) =>
          openSettings().settings.save(
            { revision, settings: changed({ reopenHours: revision * 10 + hours }) },
            LAN,
          ),
        ),
      );
      const refused = tries.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
      expect(refused.map(({ reason }) => reason.code)).toEqual(['settings_changed', 'settings_changed']);
      expect(await documents().findOne({})).toMatchObject({ revision: revision + 1 });
    }
  });

  it('are audited with what was changed, from and to', async () => {
    const { settings, audited } = openSettings();
    const duty = { ...DEFAULT_SETTINGS.duty, enabled: true };
    await settings.save({ revision: 0, settings: changed({ duty, skills: ['VNeID'] }) }, LAN);
    expect(audited).toEqual([
      {
        actor: { id: LAN.id, name: 'Lan' },
        action: 'settings.changed',
        subject: 'settings',
        address: '10.0.0.1',
        details: {
          revision: 1,
          changes: [
            { path: 'skills', from: [], to: ['VNeID'] },
            { path: 'duty.enabled', from: false, to: true },
          ],
        },
      },
    ]);
  });

  it('reach every other node', async () => {
    const here = openSettings().settings;
    const there = openSettings().settings;
    const heard: DeskSettings[] = [];
    there.events.on('changed', (settings) => heard.push(settings));
    await there.start();
    await here.save({ revision: 0, settings: changed({ agentGraceSeconds: 5 }) }, LAN);
    await vi.waitFor(() => expect(there.get().agentGraceSeconds).toBe(5), 10_000);
    expect(heard).toEqual([there.get()]);
    await there.stop();
  });

  it('stay in memory while the store is away, and cannot be read for a change or saved', async () => {
    let isUp = true;
    const { settings } = openSettings({ isStoreUp: () => isUp });
    await settings.save({ revision: 0, settings: changed({ reopenHours: 1 }) }, LAN);
    isUp = false;
    await settings.start();
    await settings.stop();
    expect(settings.get().reopenHours).toBe(1);
    await expect(settings.read()).rejects.toMatchObject({ code: 'store_unavailable' });
    const again = settings.save({ revision: 1, settings: DEFAULT_SETTINGS }, LAN);
    await expect(again).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  it('that cannot be looked up are said, and the last ones stay', async () => {
    const broken = { ...store, findNewer: () => Promise.reject(new Error('đứt dây')) };
    const { settings, log } = openSettings({ store: broken });
    await settings.start();
    await settings.stop();
    expect(settings.get()).toBe(DEFAULT_SETTINGS);
    expect(log.text()).toContain('đứt dây');
  });

  it('of another version of the desk have the default in each field that does not fit', async () => {
    const { tags: _, ...rest } = DEFAULT_SETTINGS;
    await documents().insertOne({
      _id: 'desk',
      revision: 7,
      settings: {
        ...rest,
        assignment: 'by-magic',
        reopenHours: 5,
        old: true,
        duty: { ...DEFAULT_SETTINGS.duty, enabled: true, week: 'mỗi ngày' },
      },
    } as never);
    const { settings, log } = openSettings();
    expect(await settings.read()).toEqual({
      revision: 7,
      settings: changed({ reopenHours: 5, duty: { ...DEFAULT_SETTINGS.duty, enabled: true } }),
    });
    expect(log.lines()).toEqual([
      expect.objectContaining({ level: 40, replaced: ['assignment', 'tags', 'duty.week'] }),
    ]);
  });
});

it('settings from before there were mails have the first templates, and a template that went bad its own', () => {
  const { mail, ...older } = DEFAULT_SETTINGS;
  expect(readSettings(older).settings).toEqual(DEFAULT_SETTINGS);
  const reply = { subject: 'Trả lời', body: '{tra_loi}' };
  const templates = { ...mail.templates, receipt: { subject: 'x', body: '{mất}' }, reply };
  const read = readSettings({ ...older, mail: { ...mail, templates, signature: 'VssID' } });
  expect(read.replaced).toEqual(['mail.templates.receipt']);
  expect(read.settings.mail).toEqual({
    ...mail,
    templates: { ...mail.templates, reply },
    signature: 'VssID',
  });
});

describe('the settings over REST', () => {
  let api: StaffApi;
  beforeAll(async () => {
    api = await startStaffApi({ staff: createSettingsRoutes({ settings: openSettings().settings }) });
  });
  afterAll(() => api?.stop());

  it('are read by all and saved by those who may', async () => {
    api.become('agent');
    const { body } = await api.call('GET', '/settings');
    expect(body).toEqual({ revision: 0, settings: DEFAULT_SETTINGS });
    const wanted = { revision: 0, settings: changed({ reopenHours: 3 }) };
    expect((await api.call('PUT', '/settings', wanted)).status).toBe(403);
    api.become('supervisor');
    expect((await api.call('PUT', '/settings', wanted)).body).toEqual({ ...wanted, revision: 1 });
    expect((await api.call('PUT', '/settings', wanted)).body).toMatchObject({
      error: { code: 'settings_changed' },
    });
  });

  it('say what is wrong with a shift', async () => {
    api.become('admin');
    const week = DEFAULT_SETTINGS.duty.week.with(0, [{ from: '17:00', to: '08:00' }]);
    const settings = changed({ duty: { ...DEFAULT_SETTINGS.duty, week } });
    const { status, body } = await api.call('PUT', '/settings', { revision: 0, settings });
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { error: { code: 'duty_shift_malformed' } },
    });
  });
});

import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OFFICE_SPELLING } from '../../src/app/office-spelling.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { createLiveDirectory, type LiveDirectory } from '../../src/offices/live-directory.ts';
import type { Office } from '../../src/offices/office.ts';
import { createOfficeStore, type OfficeStore } from '../../src/offices/office-store.ts';
import { createOffices, type Offices } from '../../src/offices/offices.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { makeOffice } from './office-directory.ts';

const EDITOR = { id: 'e1', name: 'Người biên tập', address: '127.0.0.1' };
const CITY = makeOffice({ code: '079', name: 'BHXH TP. Hồ Chí Minh', level: 'province' });
const SIX = makeOffice({ code: '07916', name: 'BHXH Quận 6', parent: '079' });
const SEED = [CITY, SIX];

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let store: OfficeStore;
let isUp = true;
const logged: { action: string; subject: string; details: Record<string, unknown> }[] = [];

/** One node of the desk. */
function startNode(seed: readonly Office[] = SEED): { directory: LiveDirectory; offices: Offices } {
  const directory = createLiveDirectory({
    store,
    seed,
    spelling: OFFICE_SPELLING,
    isStoreUp: () => isUp,
    logger: createLogger('silent'),
  });
  const audit = async (entry: (typeof logged)[number]): Promise<void> => {
    logged.push(entry);
  };
  return { directory, offices: createOffices({ store, directory, isStoreUp: () => isUp, audit }) };
}
const draftOf = ({ code: _, ...draft }: Office) => ({
  ...draft,
  phones: [...draft.phones],
  aliases: [...draft.aliases],
});
const newOf = (office: Office) => ({ code: office.code, ...draftOf(office) });
const codesOf = (found: ReturnType<LiveDirectory['find']>): string[] =>
  found.map(({ office }) => office.code);

beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  store = createOfficeStore(connection);
});
afterAll(async () => {
  await connection?.destroy();
  await database?.drop();
});
beforeEach(async () => {
  isUp = true;
  logged.length = 0;
  for (const name of ['offices', 'office_directory'])
    await database.client.db().collection(name).deleteMany({});
});

describe('the directory', () => {
  it('is filled once from the files, also by two nodes at once, and never again', async () => {
    const [one, other] = [startNode(), startNode()];
    await Promise.all([one.directory.refresh(), other.directory.refresh()]);
    expect((await store.list()).map(({ code }) => code)).toEqual(['079', '07916']);
    await one.offices.remove('07916', 1, EDITOR);
    const third = startNode();
    await third.directory.refresh();
    expect(codesOf(third.directory.find('quận 6', null))).toEqual([]);
  });

  it('answers from the files while the store was never reached, and from memory when it goes away', async () => {
    isUp = false;
    const { directory, offices } = startNode();
    await directory.start();
    expect(codesOf(directory.find('q6', null))).toEqual(['07916']);
    await expect(offices.list()).rejects.toMatchObject({ code: 'store_unavailable' });
    isUp = true;
    await offices.create(newOf(makeOffice({ code: 'N1', name: 'BHXH Quận 7' })), EDITOR);
    isUp = false;
    expect(codesOf(directory.find('q7', null))).toEqual(['N1']);
    await directory.stop();
  });

  it('follows what another node changes', async () => {
    const [one, other] = [startNode(), startNode()];
    await Promise.all([one.directory.refresh(), other.directory.refresh()]);
    await one.offices.change('07916', 1, { ...draftOf(SIX), aliases: ['Chợ Lớn'] }, EDITOR);
    expect(codesOf(one.directory.find('chợ lớn', null))).toEqual(['07916']);
    await other.directory.refresh();
    expect(codesOf(other.directory.find('cho lon', null))).toEqual(['07916']);
  });

  it('does not tell of an office that is not active, and keeps it for the staff', async () => {
    const { directory, offices } = startNode();
    await directory.refresh();
    await offices.change('07916', 1, { ...draftOf(SIX), active: false }, EDITOR);
    expect(codesOf(directory.find('quận 6', null))).toEqual([]);
    expect(await offices.list({ q: '', active: false })).toMatchObject([{ code: '07916', revision: 2 }]);
  });
});

describe('an office', () => {
  it('is kept with all that is written of it', async () => {
    const { offices } = startNode();
    const whole = makeOffice({
      code: 'ALL',
      level: 'basic',
      address: 'Số 1',
      phones: [{ number: '000 0000', extension: '12' }, { number: '111 1111' }],
      hours: '7:30–16:30',
      location: { latitude: 10.5, longitude: 106.5 },
      parent: '079',
      aliases: ['Tên cũ'],
    });
    expect(await offices.create(newOf(whole), EDITOR)).toEqual({ ...whole, revision: 1 });
    expect(await startNode().offices.get('ALL')).toEqual({ ...whole, revision: 1 });
    expect(logged).toMatchObject([
      { action: 'office.changed', subject: 'office:ALL', details: { from: null } },
    ]);
  });

  it('is changed by whoever saw its last state, and the change is logged field by field', async () => {
    const { offices } = startNode();
    const changed = { ...draftOf(SIX), hours: '8:00' };
    expect(await offices.change('07916', 1, changed, EDITOR)).toMatchObject({ revision: 2, hours: '8:00' });
    await expect(offices.change('07916', 1, changed, EDITOR)).rejects.toMatchObject({
      code: 'office_changed',
    });
    await expect(offices.remove('07916', 1, EDITOR)).rejects.toMatchObject({ code: 'office_changed' });
    expect(logged).toMatchObject([{ details: { from: { hours: null }, to: { hours: '8:00' } } }]);
  });

  it('is changed once when two save at once', async () => {
    const [one, other] = [startNode(), startNode()];
    await one.directory.refresh();
    const saved = await Promise.allSettled(
      [one, other].map(({ offices }, at) =>
        offices.change('07916', 1, { ...draftOf(SIX), hours: `${at}:00` }, EDITOR),
      ),
    );
    expect(saved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(logged).toHaveLength(1);
  });

  it.each([
    ['a code that is taken', newOf(SIX), 'office_exists'],
    ['a parent that nobody knows', newOf(makeOffice({ code: 'N1', parent: 'XX' })), 'office_parent'],
    ['itself for a parent', newOf(makeOffice({ code: 'N1', parent: 'N1' })), 'office_parent'],
  ])('is not made with %s', async (_name, office, code) => {
    const { offices } = startNode();
    await expect(offices.create(office, EDITOR)).rejects.toMatchObject({ code });
    expect(logged).toEqual([]);
  });

  it('does not go below one that stands below it', async () => {
    const { offices } = startNode();
    const below = { ...draftOf(CITY), parent: '07916' };
    await expect(offices.change('079', 1, below, EDITOR)).rejects.toMatchObject({ code: 'office_parent' });
  });

  it('is removed when none stands below it', async () => {
    const { offices } = startNode();
    await expect(offices.remove('079', 1, EDITOR)).rejects.toMatchObject({
      code: 'office_has_others_below',
      details: ['BHXH Quận 6'],
    });
    await offices.remove('07916', 1, EDITOR);
    await offices.remove('079', 1, EDITOR);
    expect(await offices.list()).toEqual([]);
    await expect(offices.get('079')).rejects.toMatchObject({ code: 'office_not_found' });
  });

  it.each(['07916', 'quan 6', 'BHXH', '0000 001', 'Ho Chi Minh'])(
    'is listed for the staff by “%s”',
    async (q) => {
      const { offices } = startNode([{ ...SIX, phones: [{ number: '000 0000 001' }] }]);
      expect(await offices.list({ q })).toHaveLength(1);
      expect(await offices.list({ q, province: 'Hà Nội' })).toEqual([]);
      expect(await offices.list({ q, level: 'basic' })).toEqual([]);
    },
  );
});

describe('a table', () => {
  const ROWS = [
    { office: newOf(makeOffice({ code: 'P', name: 'BHXH tỉnh Mới', level: 'province' })), revision: null },
    { office: newOf(makeOffice({ code: 'D', name: 'BHXH huyện Mới', parent: 'P' })), revision: null },
    { office: { ...newOf(SIX), hours: '8:00' }, revision: 1 },
  ];

  it('is applied, and applied again does no harm', async () => {
    const { offices } = startNode();
    const lot = { name: 'co-quan.csv', rows: ROWS };
    expect(await offices.importLot(lot, EDITOR)).toEqual({
      added: ['P', 'D'],
      changed: ['07916'],
      conflicts: [],
    });
    expect(await offices.importLot(lot, EDITOR)).toEqual({ added: [], changed: [], conflicts: [] });
    expect(logged).toMatchObject([
      {
        action: 'offices.imported',
        details: {
          table: 'co-quan.csv',
          added: ['P', 'D'],
          changed: [{ path: '07916', from: { hours: null }, to: { hours: '8:00' } }],
        },
      },
    ]);
  });

  it('does not write over what somebody changed since it was read', async () => {
    const { offices } = startNode();
    await offices.change('07916', 1, { ...draftOf(SIX), hours: '9:00' }, EDITOR);
    await offices.create(newOf(makeOffice({ code: 'P', name: 'BHXH khác', level: 'province' })), EDITOR);
    expect(await offices.importLot({ name: 't', rows: ROWS }, EDITOR)).toEqual({
      added: ['D'],
      changed: [],
      conflicts: ['P', '07916'],
    });
    expect(await offices.get('07916')).toMatchObject({ hours: '9:00' });
  });
});

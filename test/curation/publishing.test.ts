import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { CheckView, Published, ReleaseList } from '../../src/contracts/corpus-releases.ts';
import type { DraftRow, DraftView } from '../../src/contracts/curation.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import {
  callStaff,
  connectStaff,
  FIRST_ADMIN,
  makeAccount,
  type RestAnswer,
  signIn,
} from '../support/staff-client.ts';

/** What the desk's measure asks. */
const MEASURE = [
  ['quên mật khẩu vssid rồi', 'password.forgot'],
  ['toi quen mat khau', 'password.forgot'],
  ['không nhớ mật khẩu đăng nhập', 'password.forgot'],
  ['xem thẻ bảo hiểm y tế ở đâu', 'card.view'],
  ['xem the bhyt tren ung dung', 'card.view'],
  ['xin chào', 'smalltalk.greeting'],
] as const;
const WAIT = { timeout: 60_000, interval: 200 };

let folder: string;
let desk: RunningDesk;
let admin: string;
let lan: string;
let phrases: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'publishing-'));
  phrases = await writeSmallCorpus(folder);
  await mkdir(path.join(folder, 'test/eval'), { recursive: true });
  const lines = MEASURE.map(([text, intent]) => JSON.stringify({ text, intent, way: 'clean' }));
  await writeFile(path.join(folder, 'test/eval/few.jsonl'), lines.join('\n'));
  desk = await startDesk({ root: folder, firstAdmin: FIRST_ADMIN });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  lan = await enter('Lan');
});
afterAll(async () => {
  await desk?.stop();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  const { body } = await call<{ drafts: DraftRow[] }>(admin, 'GET', '/drafts');
  for (const { id } of body.drafts) await call(admin, 'DELETE', `/drafts/${id}`);
});

async function enter(name: string): Promise<string> {
  const { email, password } = await makeAccount(desk.url, admin, { name, role: 'editor' });
  return signIn(desk.url, email, password);
}

const call = <Body>(who: string, method: string, at: string, body?: object): Promise<RestAnswer<Body>> =>
  callStaff<Body>(desk.url, who, method, `/curation${at}`, body);

async function begin(name: string): Promise<string> {
  return (await call<DraftRow>(lan, 'POST', '/drafts', { name })).body.id;
}

async function teach(draft: string, intent: string, add: readonly string[], remove: readonly string[] = []) {
  expect((await call(lan, 'POST', `/intents/${intent}/phrases`, { draft, add, remove })).status).toBe(200);
}

/** What an editor may do by mistake: nearly everything that leads to an answer is taken away. */
async function harm(draft: string): Promise<void> {
  await teach(draft, 'password.forgot', [], phrases.get('password.forgot')!.slice(1));
}

async function check(draft: string): Promise<CheckView> {
  expect((await call(lan, 'POST', `/drafts/${draft}/check`, {})).status).toBe(202);
  const view = async () => (await call<CheckView>(lan, 'GET', `/drafts/${draft}/check`)).body;
  await expect.poll(async () => (await view()).state, WAIT).toBe('done');
  return view();
}

async function publish(who: string, draft: string, more: object = {}) {
  const { revision } = (await call<DraftView>(who, 'GET', `/drafts/${draft}`)).body;
  return call<Published>(who, 'POST', `/drafts/${draft}/publish`, { revision, notes: '', ...more });
}

const list = async () => (await call<ReleaseList>(lan, 'GET', '/releases')).body.releases;
const liveOf = async () => (await list()).find(({ live }) => live)!.number;

async function ask(text: string) {
  const response = await fetch(`${desk.url}/api/v1/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  return (await response.json()) as { decision: string; intent: string | null };
}

it('publishes what was checked: it answers at once, has notes, and the draft is closed', async () => {
  const agent = await connectStaff(desk.url, admin);
  const draft = await begin('Dạy thêm');
  await teach(draft, 'card.view', ['coi cái thẻ khám bệnh trên máy', 'coi thẻ khám bệnh']);
  expect((await publish(lan, draft)).body.error?.code).toBe('check_needed');
  const { report } = await check(draft);
  expect(report).toMatchObject({ blocks: false, leftOut: 0, totals: { after: { n: MEASURE.length } } });
  const before = await liveOf();
  const published = await publish(lan, draft);
  expect(published.body).toEqual({ release: before + 1 });
  expect(await ask('coi the kham benh')).toMatchObject({ decision: 'answer', intent: 'card.view' });
  expect((await list())[0]).toMatchObject({
    number: before + 1,
    by: 'Lan',
    live: true,
    draft,
    answeredFor: null,
    notes: expect.stringContaining('thêm 2'),
    totals: report?.totals.after,
  });
  expect((await call<DraftView>(lan, 'GET', `/drafts/${draft}`)).body).toMatchObject({
    status: 'published',
    release: before + 1,
  });
  expect((await publish(lan, draft)).body.error?.code).toBe('draft_closed');
  expect(await agent.hear('corpus:released')).toEqual({ release: before + 1 });
  agent.close();
});

it('blocks a harmful change, names what is lost, and lets only an admin answer for it by name', async () => {
  const draft = await begin('Xoá nhầm');
  await harm(draft);
  const { report } = await check(draft);
  expect(report?.blocks).toBe(true);
  expect(report?.moves.filter(({ move }) => move === 'lost').map(({ text }) => text)).toEqual(
    expect.arrayContaining([MEASURE[0][0]]),
  );
  const before = await liveOf();
  expect((await publish(lan, draft)).body.error?.code).toBe('publish_blocked');
  expect((await publish(lan, draft, { answersFor: 'Lan' })).body.error?.code).toBe('admin_needed');
  expect((await publish(admin, draft, { answersFor: 'Ai đó' })).body.error?.code).toBe('name_differs');
  expect(await liveOf()).toBe(before);
  const signed = await publish(admin, draft, { answersFor: 'quản trị viên' });
  expect(signed.body).toEqual({ release: before + 1 });
  expect((await list())[0]?.answeredFor).toBe('Quản trị viên');

  const back = await call(lan, 'POST', `/releases/${before}/live`, { live: before + 1 });
  expect(back.status).toBe(200);
  expect(await liveOf()).toBe(before);
  expect(await ask(MEASURE[0][0])).toMatchObject({ intent: 'password.forgot' });
});

it('wants another check when the draft changed after it', async () => {
  const draft = await begin('Sửa tiếp');
  await teach(draft, 'card.view', ['thẻ của tôi nằm chỗ nào']);
  await check(draft);
  await teach(draft, 'card.view', ['thẻ khám bệnh nằm chỗ nào']);
  expect((await call<CheckView>(lan, 'GET', `/drafts/${draft}/check`)).body.outdated).toBe(true);
  expect((await publish(lan, draft)).body.error?.code).toBe('check_needed');
});

it('does not publish over a change that it has not seen', async () => {
  const draft = await begin('Hai người');
  await teach(draft, 'card.view', ['hai người cùng sửa']);
  const { revision } = (await call<DraftView>(lan, 'GET', `/drafts/${draft}`)).body;
  await teach(draft, 'card.view', ['người kia sửa thêm']);
  const late = await call(lan, 'POST', `/drafts/${draft}/publish`, { revision, notes: '' });
  expect(late.body.error?.code).toBe('edited_meanwhile');
});

it('waits for a second pair of eyes where that is wanted', async () => {
  const settings = await callStaff<{ settings: object; revision: number }>(
    desk.url,
    admin,
    'GET',
    '/settings',
  );
  const set = async (secondPairOfEyes: boolean) => {
    const now = (await callStaff<typeof settings.body>(desk.url, admin, 'GET', '/settings')).body;
    const changed = { ...now, settings: { ...now.settings, curation: { secondPairOfEyes } } };
    const { status, body } = await callStaff(desk.url, admin, 'PUT', '/settings', changed);
    expect([status, body]).toEqual([200, expect.anything()]);
  };
  await set(true);
  const draft = await begin('Chờ duyệt');
  await teach(draft, 'card.view', ['cần người duyệt câu này']);
  await check(draft);
  expect((await publish(lan, draft)).body.error?.code).toBe('approval_needed');
  const { revision } = (await call<DraftView>(lan, 'GET', `/drafts/${draft}`)).body;
  expect((await call(admin, 'PATCH', `/drafts/${draft}`, { revision, review: 'approve' })).status).toBe(200);
  expect((await publish(lan, draft)).status).toBe(200);
  await set(false);
});

it('goes to no release that is not there, nor from one that is not live', async () => {
  const live = await liveOf();
  const to = (number: number | string, from: number) =>
    call(lan, 'POST', `/releases/${number}/live`, { live: from });
  expect((await to(99, live)).body.error?.code).toBe('release_not_found');
  expect((await to('x', live)).body.error?.code).toBe('release_not_found');
  expect((await to(1, live + 5)).body.error?.code).toBe('release_conflict');
  expect(await liveOf()).toBe(live);
});

it('publishes at its time what makes nothing worse, and holds the rest back with the reason', async () => {
  const good = await begin('Đúng giờ');
  await teach(good, 'card.view', ['tới giờ thì dạy câu này']);
  const bad = await begin('Đúng giờ nhưng hỏng');
  await harm(bad);
  const publishAt = new Date().toISOString();
  for (const draft of [good, bad]) {
    const { revision } = (await call<DraftView>(lan, 'GET', `/drafts/${draft}`)).body;
    const asked = await call(lan, 'PATCH', `/drafts/${draft}`, { revision, publishAt });
    expect(asked.status).toBe(200);
  }
  const view = async (draft: string) => (await call<DraftView>(lan, 'GET', `/drafts/${draft}`)).body;
  await expect.poll(async () => (await view(bad)).held, WAIT).toBe('publish_blocked');
  await expect.poll(async () => (await view(good)).status, WAIT).toBe('published');
  expect((await list())[0]).toMatchObject({ draft: good, by: null, scheduledBy: 'Lan', live: true });
});

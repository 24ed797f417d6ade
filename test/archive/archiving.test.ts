/** Moving conversations out of the database and back: whatever breaks, nothing is lost and nothing is there twice. */
import { execFile } from 'node:child_process';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeMessage } from '../../src/conversations/conversation.ts';
import { NOW, openParts } from './archive-parts.ts';

type Parts = Awaited<ReturnType<typeof openParts>>;
let parts: Parts;
beforeAll(async () => {
  parts = await openParts();
});
afterAll(() => parts.close());

const READER = { id: 'b'.repeat(24), name: 'Đỗ Thủy', address: '::1' };
const SAID = ['quên mật khẩu', 'Anh/Chị bấm Quên mật khẩu', 'cảm ơn em'];
let count = 0;
const newContact = (): string => `contact-${count++}`;
const fileOf = (pack: string): string => path.join(parts.folder, `${pack}.jsonl.gz`);

it('moves what is over for long, with all that was said and noted, into an ordinary file of its month', async () => {
  const id = await parts.makeOver(newContact(), SAID);
  const fresh = await parts.makeOver(newContact(), SAID, new Date(NOW.getTime() - 86_400_000));
  expect(await parts.archiving.run()).toMatchObject({ archived: 1 });
  expect(await parts.readHot(id)).toBeNull();
  expect(await parts.readHot(fresh)).not.toBeNull();
  const told = await parts.readCold(id);
  expect(told?.messages.map(({ text }) => text)).toEqual(SAID);
  expect(told?.notes).toMatchObject([{ text: 'đã xem' }]);
  const { place, state, words } = (await parts.store.find(id))!;
  expect({ state, words }).toEqual({ state: 'cold', words: ['lan', 'number:0912345678'] });
  expect(place.pack).toMatch(/^2026-03\//);
  const { stdout } = await promisify(execFile)('zcat', [fileOf(place.pack)]);
  expect(stdout).toContain('{"c":"messages","d":{"_id":{"$oid":"');
});

it('brings one back as it was, closed, and does not put it away again at once', async () => {
  const contact = newContact();
  const id = await parts.makeOver(contact, SAID);
  const before = await parts.messages.listAfter(id, 0, 100);
  await parts.archiving.run();
  expect(await parts.archiving.restore(id)).toBe(true);
  expect(await parts.messages.listAfter(id, 0, 100)).toEqual(before);
  expect(await parts.notes.list(id)).toHaveLength(1);
  expect(await parts.conversations.find(id)).toMatchObject({ status: 'closed', contact });
  expect(await parts.store.find(id)).toBeNull();
  await parts.archiving.run();
  expect(await parts.readHot(id)).not.toBeNull();
  expect(await parts.archiving.restore(id)).toBe(false);
});

it('leaves alone what somebody still works with, and what waits or is handled', async () => {
  const withTicket = await parts.makeOver(newContact(), SAID);
  parts.needed.add(withTicket);
  const queued = await parts.makeOver(newContact(), SAID);
  const { collection } = parts.connection.model('Conversation');
  await collection.updateOne({ contact: `contact-${count - 1}` }, { $set: { status: 'queued' } });
  await parts.archiving.run();
  expect(await parts.readHot(withTicket)).not.toBeNull();
  expect(await parts.readHot(queued)).not.toBeNull();
});

it('gives a contact who comes back later a conversation of its own', async () => {
  const contact = newContact();
  const id = await parts.makeOver(contact, SAID);
  await parts.archiving.run();
  const { id: next } = await parts.conversations.ensureOpen(contact, NOW);
  expect(next).not.toBe(id);
  expect(await parts.archiving.restore(id)).toBe(true);
  expect((await parts.conversations.findNewest(contact))?.id).toBe(next);
});

/** A process that ends before or behind a step: the first call of it is the last thing that it does. */
const STEPS: readonly (readonly ['store' | 'packs' | 'cold', string])[] = [
  ['cold', 'gate'],
  ['cold', 'read'],
  ['store', 'addPack'],
  ['packs', 'append'],
  ['store', 'insert'],
  ['packs', 'read'],
  ['cold', 'isWithin'],
  ['cold', 'remove'],
  ['store', 'markCold'],
];
const CRASHES = STEPS.flatMap(([part, step]) =>
  (['before', 'behind'] as const).map((when) => ({ part, step, when })),
);
it.each(CRASHES)(
  'loses nothing when it ends $when $step of $part, and ends it the next time',
  async (crash) => {
    const id = await parts.makeOver(newContact(), SAID);
    const whole = parts[crash.part] as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
    const broken = {
      ...whole,
      async [crash.step](...given: unknown[]) {
        if (crash.when === 'behind') await whole[crash.step]!(...given);
        throw new Error('killed');
      },
    };
    await expect(parts.newArchiving({ [crash.part]: broken }).run()).rejects.toThrow('killed');
    const [hot, cold] = [await parts.readHot(id), await parts.readCold(id)];
    const isWholeHot = (await parts.messages.listAfter(id, 0, 100)).length === SAID.length;
    expect(isWholeHot || cold?.messages.length === SAID.length).toBe(true);
    expect(hot === null && cold === null).toBe(false);
    await parts.newArchiving().run();
    expect(await parts.readHot(id)).toBeNull();
    expect((await parts.readCold(id))?.messages.map(({ text }) => text)).toEqual(SAID);
  },
);

it('goes on where messages were half taken out, and never packs what is left of them', async () => {
  const id = await parts.makeOver(newContact(), SAID);
  const { collection } = parts.connection.model('Message');
  const cold = {
    ...parts.cold,
    async remove() {
      await collection.deleteOne({ conversation: id, seq: 1 });
      throw new Error('killed');
    },
  };
  await expect(parts.newArchiving({ cold }).run()).rejects.toThrow('killed');
  await parts.newArchiving().run();
  expect((await parts.readCold(id))?.messages).toHaveLength(SAID.length);
  expect(await parts.readHot(id)).toBeNull();
});

it('keeps a conversation in which something is said at the last moment, and it goes on as before', async () => {
  const contact = newContact();
  const id = await parts.makeOver(contact, SAID);
  const late = makeMessage({
    conversation: id,
    seq: SAID.length + 1,
    clientId: 'late',
    author: 'contact',
    at: NOW,
    text: 'em ơi',
  });
  const cold = {
    ...parts.cold,
    async remove(...given: Parameters<Parts['cold']['remove']>) {
      await parts.messages.append(late);
      return parts.cold.remove(...given);
    },
  };
  expect(await parts.newArchiving({ cold }).run()).toMatchObject({ archived: 0 });
  expect((await parts.messages.listAfter(id, 0, 100)).map(({ text }) => text)).toEqual([...SAID, 'em ơi']);
  expect(await parts.conversations.findOpen(contact)).toMatchObject({ id, status: 'bot' });
  expect(await parts.store.find(id)).toBeNull();
});

it('takes nothing out of the database when the pack does not read back as it was written', async () => {
  await parts.archiving.run();
  const id = await parts.makeOver(newContact(), SAID);
  const packs = {
    ...parts.packs,
    async append(...given: Parameters<Parts['packs']['append']>) {
      const places = await parts.packs.append(...given);
      const file = fileOf(places[0]!.pack);
      const bytes = await readFile(file);
      bytes[places[0]!.offset + 20]! ^= 1;
      await writeFile(file, bytes);
      return places;
    },
  };
  expect(await parts.newArchiving({ packs }).run()).toMatchObject({ archived: 0 });
  expect(await parts.messages.listAfter(id, 0, 100)).toHaveLength(SAID.length);
  // A damaged copy that was never the only one is replaced.
  await parts.newArchiving().run();
  expect(await parts.readHot(id)).toBeNull();
  expect((await parts.readCold(id))?.messages).toHaveLength(SAID.length);
});

it('erases out of the packs, too: no byte of it stays, and the others stay readable', async () => {
  const [one, other] = [newContact(), newContact()];
  const erased = await parts.makeOver(one, ['bí mật của tôi']);
  const kept = await parts.makeOver(other, ['chuyện của người khác']);
  await parts.archiving.run();
  const { place } = (await parts.store.find(erased))!;
  const member = (await readFile(fileOf(place.pack))).subarray(place.offset, place.offset + place.bytes);
  expect(await parts.newArchive().forget(one)).toBe(1);
  await parts.archiving.tidy();
  expect(await parts.store.find(erased)).toBeNull();
  for (const name of await parts.packs.list())
    expect((await readFile(fileOf(name))).includes(member)).toBe(false);
  expect((await parts.readCold(kept))?.messages).toMatchObject([{ text: 'chuyện của người khác' }]);
});

it('does not bring back what is erased while it is on its way', async () => {
  const contact = newContact();
  const id = await parts.makeOver(contact, SAID);
  const cold = {
    ...parts.cold,
    async isWithin(...given: Parameters<Parts['cold']['isWithin']>) {
      await parts.messages.removeAll(id);
      await parts.notes.removeOf(id);
      await parts.conversations.remove(id);
      parts.gone.add(contact);
      return parts.cold.isWithin(...given);
    },
  };
  await parts.newArchiving({ cold }).run();
  expect(await parts.store.find(id)).toBeNull();
  expect(await parts.readHot(id)).toBeNull();
});

it('tidies up behind a process that ended while it wrote', async () => {
  const id = await parts.makeOver(newContact(), SAID);
  await parts.archiving.run();
  const { place } = (await parts.store.find(id))!;
  await appendFile(fileOf(place.pack), 'half a member');
  await parts.newArchiving().run();
  expect((await parts.store.find(id))!.place.pack).not.toBe(place.pack);
  expect(await parts.packs.sizeOf(place.pack)).toBe(0);
  expect((await parts.readCold(id))?.messages).toHaveLength(SAID.length);
});

it('deletes archived ones by their age, with what belongs to them, and keeps what was counted', async () => {
  const id = await parts.makeOver(newContact(), SAID, new Date('2020-01-05T09:00:00+07:00'));
  await parts.archiving.run();
  expect(parts.frozen).toContain(id);
  parts.settings.deleteArchivedAfterDays = 365 * 3;
  expect(await parts.archiving.run()).toMatchObject({ deleted: 1 });
  parts.settings.deleteArchivedAfterDays = null;
  expect(parts.forgotten).toEqual([id]);
  expect(parts.frozen).toContain(id);
  expect((await parts.packs.list()).filter((name) => name.startsWith('2020-01/'))).toEqual([]);
});

it('writes into no folder that is not the archive of this desk', async () => {
  await writeFile(path.join(parts.folder, 'archive.json'), '{"id":"another"}\n');
  const id = await parts.makeOver(newContact(), SAID);
  await expect(parts.newArchiving().run()).rejects.toMatchObject({ code: 'archive_folder' });
  expect(await parts.readHot(id)).not.toBeNull();
});

it('finds by words that were said, without accents, by name, by number, in a period, and says where it stopped', async () => {
  const { store, newArchive, audited } = parts;
  const inYear = async (year: number, texts: readonly string[]): Promise<string> => {
    const at = new Date(`${year}-06-01T09:00:00+07:00`);
    const id = await parts.makeOver(newContact(), texts, at);
    const { documents, summary } = await (async () => {
      const [over] = await parts.cold.listOver(new Date(at.getTime() + 1), null, 1);
      await parts.cold.gate(over!, NOW);
      return (await parts.cold.read(id))!;
    })();
    const [place] = await parts.packs.append(`${year}-06/test-${id}`, [await parts.packs.pack(documents)]);
    await store.insert({ ...summary, id, archivedAt: NOW, state: 'cold', place: place! });
    await parts.messages.removeAll(id);
    await parts.conversations.remove(id);
    return id;
  };
  const oldest = await inYear(2011, ['Tôi muốn đổi số điện thoại']);
  const middle = await inYear(2012, ['Lấy lại mật khẩu VssID']);
  const newest = await inYear(2013, ['đổi mật khẩu', 'mời bấm', 'mật khẩu mới']);
  const years = { from: '2011-01-01', to: '2013-12-31' };
  const ids = async (q: string, more: object = {}) =>
    (await newArchive().search({ ...years, q, ...more }, READER)).conversations.map(({ id }) => id);
  expect(await ids('mat khau')).toEqual([newest, middle]);
  expect(await ids('doi')).toEqual([newest, oldest]);
  expect(await ids('Lan đổi số')).toEqual([oldest]);
  expect(await ids('mat kh')).toEqual([newest, middle]);
  expect(await ids('0912345678')).toEqual([newest, middle, oldest]);
  expect(await ids('mat khau', { to: '2012-12-31' })).toEqual([middle]);
  expect(await ids('khongaicahoi')).toEqual([]);
  const bounded = newArchive({ read: 2, ms: 60_000 });
  const first = await bounded.search({ ...years, q: 'doi so' }, READER);
  expect(first).toMatchObject({ conversations: [], searched: 2, total: 3 });
  const second = await bounded.search({ ...years, q: 'doi so', cursor: first.cursor! }, READER);
  expect(second).toMatchObject({ conversations: [{ id: oldest, found: 'Tôi muốn đổi số điện thoại' }] });
  expect(audited).toContain('archive.searched');
});

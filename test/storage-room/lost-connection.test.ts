/** A connection that is lost while something is written to it. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/logger.ts';
import { createLink, type Link } from '../../src/storage/link.ts';
import { isStoreAway } from '../../src/storage/mongo-errors.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type DatabaseProxy, openProxy } from '../support/proxy.ts';

/** Those the driver opened, in order: the monitor's is among them. */
const sockets: Socket[] = [];
const collect = (message: unknown): void => {
  sockets.push((message as { socket: Socket }).socket);
};

let database: TestDatabase;
let proxy: DatabaseProxy;
let link: Link;
beforeAll(async () => {
  database = await openDatabase();
  proxy = await openProxy(database.uri);
  link = createLink({ uri: proxy.uri, logger: createLogger('silent') });
  const up = once(link.events, 'up');
  subscribe('net.client.socket', collect);
  link.open();
  await up;
  await link.connection.collection('things').insertOne({ kept: true });
});
afterAll(async () => {
  unsubscribe('net.client.socket', collect);
  await link?.close();
  await proxy?.cut();
  await database?.drop();
});

it('fails a command whose socket is destroyed in the moment it is written, and heals by itself', async () => {
  expect(sockets.filter(({ destroyed }) => !destroyed).length).toBeGreaterThan(1);
  for (const socket of sockets) socket.destroy();
  // The sockets have ended, their `close` is still to come: here the command, and the monitor woken by its failure.
  const failed = await link.connection
    .collection('things')
    .findOne()
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  // The driver may have tried a read a second time, over a new connection.
  if (failed !== undefined) expect(isStoreAway(failed)).toBe(true);
  await expect.poll(() => link.isUp()).toBe(true);
  expect(await link.connection.collection('things').countDocuments()).toBe(1);
});

it('says of a bulk, too, that the store was away: the same may be tried again', async () => {
  for (const socket of sockets) socket.destroy();
  const failed = await link.connection
    .collection('things')
    .insertMany([{ bulk: true }])
    .catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: 'MongoBulkWriteError' });
  expect(isStoreAway(failed)).toBe(true);
});

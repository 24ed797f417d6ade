/**
 * The embedded store as a server of its own: on TCP, for several desks. DATA_DIR, STORE_HOST and STORE_PORT say where; it
 * prints a line when it can be connected to.
 */
import { connect, createServer } from 'node:net';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/embedded-mongo.ts';
import { passOn } from './pass-on.ts';

const { DATA_DIR = '', STORE_HOST = '127.0.0.1', STORE_PORT = '' } = process.env;
const { uri } = await startEmbeddedMongo({ folder: DATA_DIR });
const socket = decodeURIComponent(uri.slice('mongodb://'.length));
createServer({ noDelay: true }, (near) => passOn(near, connect(socket))).listen(
  Number(STORE_PORT),
  STORE_HOST,
  () => process.stdout.write('the store is served\n'),
);

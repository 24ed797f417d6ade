/** Whom a call comes from, by what proxies say and by what a client makes up. */
import { describe, expect, it } from 'vitest';
import { addressBehind, readTrustedProxies } from '../../src/kernel/trusted-proxies.ts';

const MADE_UP = '6.6.6.6';

describe.each<{
  name: string;
  setting: string[];
  cases: [peer: string, header: string | string[] | undefined, client: string][];
}>([
  {
    name: 'no proxy',
    setting: [],
    cases: [
      ['203.0.113.9', undefined, '203.0.113.9'],
      ['203.0.113.9', MADE_UP, '203.0.113.9'],
      ['127.0.0.1', MADE_UP, '127.0.0.1'],
    ],
  },
  {
    name: 'proxies by network',
    setting: ['10.0.0.0/8', '2001:db8:1::/48'],
    cases: [
      ['10.0.0.2', '203.0.113.9', '203.0.113.9'],
      ['::ffff:10.0.0.2', '203.0.113.9', '203.0.113.9'],
      ['2001:db8:1::2', '2001:db8:9::1', '2001:db8:9::1'],
      ['10.0.0.2', `${MADE_UP}, 203.0.113.9, 10.0.0.3`, '203.0.113.9'],
      ['10.0.0.2', [MADE_UP, '203.0.113.9'], '203.0.113.9'],
      ['10.0.0.2', undefined, '10.0.0.2'],
      ['10.0.0.2', ' , ', '10.0.0.2'],
      ['203.0.113.9', MADE_UP, '203.0.113.9'],
    ],
  },
  {
    name: 'one hop',
    setting: ['1'],
    cases: [
      ['172.17.0.1', `${MADE_UP}, 203.0.113.9`, '203.0.113.9'],
      ['172.17.0.1', undefined, '172.17.0.1'],
    ],
  },
  {
    name: 'two hops',
    setting: ['2'],
    cases: [['172.17.0.1', `${MADE_UP}, 203.0.113.9, 10.1.1.1`, '203.0.113.9']],
  },
])('with $name', ({ setting, cases }) => {
  it.each(cases)('%s that says %j is %s', (peer, header, client) => {
    expect(addressBehind(peer, header, readTrustedProxies(setting)!)).toBe(client);
  });
});

it.each([['everything'], ['10.0.0.0/0'], ['10.0.0.0/33'], ['10.0.0.0/8/8'], ['::/129'], ['11'], ['1.2.3']])(
  'takes %s for no proxy',
  (setting) => {
    expect(readTrustedProxies([setting])).toBeNull();
  },
);

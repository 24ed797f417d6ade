/** Where a call comes from, as far as one subscriber is told from another. */
import { isIPv6 } from 'node:net';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
/** A subscriber has at least a /64 of IPv6 addresses and may change among them at will. */
const GROUPS = 4;

/** An IPv4 address as it is; of an IPv6 address the network, such as 2001:db8:0:1. */
export function networkOf(address: string): string {
  const [, ipv4] = MAPPED_IPV4.exec(address) ?? [];
  if (ipv4 !== undefined) return ipv4;
  if (!isIPv6(address)) return address;
  const [before = '', after] = address.toLowerCase().split('%')[0]!.split('::');
  const head = before.split(':').filter((group) => group !== '');
  const tail = (after ?? '').split(':').filter((group) => group !== '');
  const zeros = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail]
    .slice(0, GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** @param network as `networkOf` names it */
export function isLoopback(network: string): boolean {
  return network.startsWith('127.') || network === '0:0:0:0';
}

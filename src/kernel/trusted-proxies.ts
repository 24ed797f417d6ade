/** Whom a call comes from when proxies stand before the desk. Only what a trusted proxy says of it counts. */
import { BlockList, isIP } from 'node:net';

/** Is it a proxy of ours? @param hop how many proxies there are between it and the desk */
export type IsTrustedProxy = (address: string, hop: number) => boolean;

const MOST_HOPS = 10;
const MAPPED_IPV4 = /^::ffff:(?=\d+\.)/i;

/**
 * @param setting addresses and networks such as 10.0.0.0/8 or 2001:db8::/32; or one number: so many proxies, whatever
 *   their addresses; empty: none
 * @returns null: it is neither
 */
export function readTrustedProxies(setting: readonly string[]): IsTrustedProxy | null {
  const [first] = setting;
  if (setting.length === 1 && first !== undefined && /^\d{1,2}$/.test(first)) {
    const hops = Number(first);
    return hops <= MOST_HOPS ? (_address, hop) => hop < hops : null;
  }
  const networks = new BlockList();
  for (const network of setting) {
    const [address = '', bits, ...more] = network.split('/');
    const version = isIP(address);
    const longest = version === 4 ? 32 : 128;
    if (version === 0 || more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return null;
    const length = bits === undefined ? longest : Number(bits);
    // A network of length 0 would let anybody say who they are.
    if (length < 1 || length > longest) return null;
    networks.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => {
    const plain = address.replace(MAPPED_IPV4, '');
    const version = isIP(plain);
    return version !== 0 && networks.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
}

/**
 * The client's address: from the desk outwards the first one that is no proxy of ours. Whatever stands further out in
 * the header was written by the client itself.
 * @param peer the other end of the connection
 * @param forwardedFor the header X-Forwarded-For
 */
export function addressBehind(
  peer: string,
  forwardedFor: string | readonly string[] | undefined,
  isTrusted: IsTrustedProxy,
): string {
  const said = (Array.isArray(forwardedFor) ? forwardedFor.join(',') : String(forwardedFor ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  let address = peer;
  for (let hop = 0; said.length > 0 && isTrusted(address, hop); hop++) address = said.pop()!;
  return address;
}

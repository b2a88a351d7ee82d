import { promises as dns, type LookupAddress } from 'node:dns';
import { isPublicAddress } from './addresses.js';

/** Turns a name into its addresses. Fails when there are none. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** A name that leads to a private network. */
export class PrivateAddressError extends Error {
  constructor(name: string) {
    super(`${name} resolves to an address that is not public`);
    this.name = 'PrivateAddressError';
  }
}

const DNS_TIMEOUT_MS = 5000;

/**
 * For names given by people whom we do not trust: asks DNS directly, outside of the thread pool that the operating system's resolver would fill
 * when somebody's name servers are silent, and takes a name only when all of its addresses are public.
 */
export const resolvePublic: Resolve = async (name) => {
  const resolver = new dns.Resolver({ timeout: DNS_TIMEOUT_MS / 2, tries: 2 });
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = [
    ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 })) : []),
    ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (addresses.length === 0) throw v4.status === 'rejected' ? v4.reason : new Error(`no address for ${name}`);
  return onlyPublic(name, addresses);
};

/** For an operator's own network (hosts file, search domains): the operating system's resolver, every address allowed. */
export const resolveAny: Resolve = (name) => dns.lookup(name, { all: true });

/** All of them or an error: a name with one address inside and one outside is an attack or a mistake. */
export function onlyPublic(name: string, addresses: readonly LookupAddress[]): readonly LookupAddress[] {
  if (!addresses.every(({ address }) => isPublicAddress(address))) throw new PrivateAddressError(name);
  return addresses;
}

import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * Networks that are not the public Internet: the IANA special-purpose registries (RFC 6890 and its updates), multicast and reserved space.
 * A connection to one of them because a caller says so would make this service a door into the network that it runs in.
 */
const FORBIDDEN_V4 = [
  '0.0.0.0/8', // this network (RFC 791)
  '10.0.0.0/8', // private (RFC 1918)
  '100.64.0.0/10', // shared address space (RFC 6598); also metadata services of some clouds
  '127.0.0.0/8', // loopback (RFC 1122)
  '169.254.0.0/16', // link-local (RFC 3927); 169.254.169.254 is the metadata service of most clouds
  '172.16.0.0/12', // private (RFC 1918)
  '192.0.0.0/24', // protocol assignments (RFC 6890)
  '192.0.2.0/24', // documentation (RFC 5737)
  '192.31.196.0/24', // AS112 (RFC 7535)
  '192.52.193.0/24', // AMT (RFC 7450)
  '192.88.99.0/24', // 6to4 relays, withdrawn (RFC 7526)
  '192.168.0.0/16', // private (RFC 1918)
  '192.175.48.0/24', // AS112 (RFC 7534)
  '198.18.0.0/15', // benchmarks (RFC 2544)
  '198.51.100.0/24', // documentation (RFC 5737)
  '203.0.113.0/24', // documentation (RFC 5737)
  '224.0.0.0/4', // multicast (RFC 5771)
  '240.0.0.0/4', // reserved and broadcast (RFC 1112, RFC 919)
];

/** In IPv6 only 2000::/3 is handed out for the public Internet; these are the exceptions within it. */
const FORBIDDEN_V6 = [
  '2001::/23', // protocol assignments, Teredo among them (RFC 2928, RFC 4380)
  '2001:db8::/32', // documentation (RFC 3849)
  '2002::/16', // 6to4: carries any IPv4 address (RFC 3056)
  '2620:4f:8000::/48', // AS112 (RFC 7534)
  '3fff::/20', // documentation (RFC 9637)
];

const forbidden = new BlockList();
for (const [cidrs, family] of [
  [FORBIDDEN_V4, 'ipv4'],
  [FORBIDDEN_V6, 'ipv6'],
] as const) {
  for (const cidr of cidrs) {
    const [network = '', bits] = cidr.split('/');
    forbidden.addSubnet(network, Number(bits), family);
  }
}
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Names that never leave this machine or this network, whatever a resolver says (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa|localdomain|alt)\.?$/i;

/** Prefixes whose last 32 bits are an IPv4 address that the packet really goes to: mapped (RFC 4291 §2.5.5.2) and NAT64 (RFC 6052 §2.1). */
const CARRIERS = [
  [0, 0, 0, 0, 0, 0xffff],
  [0x64, 0xff9b, 0, 0, 0, 0],
];

/** True when the address, as text and without brackets, is on the public Internet. Anything that is not an address is not. */
export function isPublicAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? '';
  if (isIPv4(bare)) return !forbidden.check(bare, 'ipv4');
  if (isIP(bare) !== 6) return false;
  const groups = ipv6Groups(bare);
  const carried = CARRIERS.some((prefix) => prefix.every((group, index) => groups[index] === group));
  if (carried)
    return isPublicAddress(
      groups
        .slice(6)
        .flatMap((group) => [group >> 8, group & 0xff])
        .join('.'),
    );
  return globalUnicast.check(bare, 'ipv6') && !forbidden.check(bare, 'ipv6');
}

/** True when a name, or an address without brackets, is private as it stands; what a name leads to is for `resolvePublic` to say. */
export function isPrivateHost(host: string): boolean {
  return isIP(host) ? !isPublicAddress(host) : LOCAL_NAME.test(host) || !host.replace(/\.$/, '').includes('.');
}

/** The eight 16-bit groups of a valid IPv6 address. */
function ipv6Groups(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text = dotted ? `${dotted[1]}${hexGroup(dotted[2], dotted[3])}:${hexGroup(dotted[4], dotted[5])}` : address;
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return groups(head);
  const [before, after] = [groups(head), groups(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function hexGroup(high: string | undefined, low: string | undefined): string {
  return ((Number(high) << 8) | Number(low)).toString(16);
}

import { describe, expect, it } from 'vitest';
import { isPrivateHost, isPublicAddress } from './addresses.js';

const PRIVATE = [
  '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.8.8.8', '169.254.169.254', '169.254.0.1',
  '172.16.0.1', '172.31.255.255', '192.0.0.192', '192.168.1.1', '198.18.0.1', '198.19.255.255', '192.0.2.1', '198.51.100.7', '203.0.113.9',
  '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255',
  '::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '0:0:0:0:0:ffff:a9fe:a9fe',
  '64:ff9b::127.0.0.1', '64:ff9b::a00:1', '64:ff9b:1::1', '100::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1',
  '2001::1', '2001:db8::1', '2002:7f00:1::', '2002:a00:1::1', '3fff::1', '5f00::1', '4000::1',
  '', 'localhost', '1.2.3', '1.2.3.4.5', 'not an address', '127.0.0.1 ', '[::1]',
];
const PUBLIC = [
  '1.1.1.1', '8.8.8.8', '11.0.0.1', '100.63.255.255', '100.128.0.1', '126.255.255.255', '128.0.0.1', '169.253.255.255', '172.15.255.255', '172.32.0.1',
  '192.0.1.1', '192.167.255.255', '193.0.0.1', '223.255.255.255', '::ffff:8.8.8.8', '::ffff:808:808', '64:ff9b::8.8.8.8', '2606:4700:4700::1111', '2a00:1450:4002:410::200e',
];

describe('addresses of the public Internet', () => {
  it.each(PRIVATE)('refuses %j', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(PUBLIC)('lets %j through', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('hosts as a caller names them', () => {
  it.each(['localhost', 'LOCALHOST.', 'a.local', 'redis', 'metadata.google.internal', '10.0.0.1', '::1'])('%j is private', (host) => expect(isPrivateHost(host)).toBe(true));
  it.each(['smtps.pec.aruba.it', 'example.com.', '8.8.8.8', '2606:4700:4700::1111'])('%j is not', (host) => expect(isPrivateHost(host)).toBe(false));
});

import { beforeAll, describe, expect, it } from 'vitest';
import { bitString, sequence } from '../asn1/der.js';
import { encoding, readElement } from '../asn1/ber.js';
import { type Certificate, readCertificate } from './certificate.js';
import { type ChainQuestion, findChain } from './chain.js';
import { type CertificateRequest, type CertifiedKey, makeCertificate } from './make.js';

const VALIDITY = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2030-01-01T00:00:00Z') };
const AT = new Date('2026-11-03T09:15:02Z');
const EMAILS = ['posta-certificata@pec.gestore.example'];
const make = (request: Partial<CertificateRequest>): Promise<CertifiedKey> => makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { commonName: 'x' }, ...VALIDITY, ...request });
const read = ({ certificate }: CertifiedKey): Certificate => readCertificate(certificate);

let root: CertifiedKey;
let middle: CertifiedKey;
let leaf: CertifiedKey;
beforeAll(async () => {
  root = await make({ profile: 'ca', subject: { commonName: 'root' } });
  middle = await make({ profile: 'ca', subject: { commonName: 'AgID CA1' }, issuer: root });
  leaf = await make({ subject: { commonName: 'gestore' }, emails: EMAILS, issuer: middle });
});

const ask = (over: Partial<ChainQuestion> = {}): string[] | string => {
  const answer = findChain({ leaf: read(leaf), candidates: [read(middle)], anchors: [read(root)], at: AT, allowSha1: false, ...over });
  return answer.ok ? answer.chain.map(({ subjectText }) => subjectText) : answer.reason;
};

describe('a pinned certificate', () => {
  it('counts as a signer where no chain leads anywhere', () => {
    expect(ask({ anchors: [], candidates: [] })).toBe('chain-incomplete');
    expect(ask({ anchors: [], candidates: [], pinned: [read(leaf)] })).toEqual(['CN=gestore']);
  });

  it('counts for itself and not for another one with the same name, or the same key', async () => {
    const renamed = await make({ subject: { commonName: 'gestore' }, emails: EMAILS, issuer: middle });
    const rekeyed = await make({ subject: { commonName: 'gestore' }, emails: ['posta-certificata@pcert.sogei.it'], issuer: middle, privateKey: leaf.privateKey });
    for (const other of [renamed, rekeyed]) expect(ask({ leaf: read(other), anchors: [], candidates: [], pinned: [read(leaf)] })).toBe('chain-incomplete');
  });

  it('issues no others, whatever it says of itself', async () => {
    for (const [profile, reason] of [['smime', 'chain-authority'], ['ca', 'chain-incomplete']] as const) {
      const pinned = await make({ profile, subject: { commonName: 'pinned' } });
      const below = await make({ subject: { commonName: 'below' }, emails: EMAILS, issuer: pinned });
      expect(ask({ leaf: read(below), anchors: [], candidates: [read(pinned)], pinned: [read(pinned)] })).toBe(reason);
    }
  });

  it('must have been in force at the signing time, and be for signing mail', async () => {
    expect(ask({ anchors: [], candidates: [], pinned: [read(leaf)], at: new Date('2030-02-01T00:00:00Z') })).toBe('chain-dates');
    const server = await make({ profile: 'tls-server' });
    expect(ask({ leaf: read(server), anchors: [], candidates: [], pinned: [read(server)] })).toBe('extended-key-usage');
  });
});

describe('an anchor', () => {
  it('stands for its key: a re-issue of the same authority that a message brings makes no difference', async () => {
    const reissued = await make({ profile: 'ca', subject: { commonName: 'AgID CA1' }, privateKey: middle.privateKey, issuer: await make({ profile: 'ca', subject: { commonName: 'another root' } }) });
    expect(ask({ anchors: [read(middle)], candidates: [read(reissued)] })).toEqual(['CN=gestore', 'CN=AgID CA1']);
    expect(ask({ anchors: [read(reissued)], candidates: [read(middle)] })).toEqual(['CN=gestore', 'CN=AgID CA1']);
  });

  it('of the same name with another key vouches for nothing', async () => {
    const impostor = await make({ profile: 'ca', subject: { commonName: 'AgID CA1' } });
    expect(ask({ anchors: [read(impostor)], candidates: [] })).toBe('chain-signature');
  });
});

describe('a revoked certificate', () => {
  it('counts neither as signer, nor as link, nor as anchor', () => {
    for (const one of [leaf, middle, root]) expect(ask({ revoked: [read(one)] }), read(one).subjectText).toBe('chain-revoked');
  });

  it('stays revoked though an anchor, or a pin, vouches for it', () => {
    expect(ask({ anchors: [read(root), read(leaf)], pinned: [read(leaf)], revoked: [read(leaf)] })).toBe('chain-revoked');
    expect(ask({ anchors: [read(middle)], revoked: [read(middle)] })).toBe('chain-revoked');
  });

  it('is that very certificate: a re-issue of the authority still leads to the root', async () => {
    const reissued = await make({ profile: 'ca', subject: { commonName: 'AgID CA1' }, privateKey: middle.privateKey, issuer: root });
    expect(ask({ candidates: [read(middle), read(reissued)], revoked: [read(middle)] })).toEqual(['CN=gestore', 'CN=AgID CA1', 'CN=root']);
  });

  it('is known in another shell too: what its issuer signed is the same', () => {
    const element = readElement(leaf.certificate);
    const value = Buffer.from(read(leaf).signature);
    // r and n - s is as right a signature as r and s: whoever holds the certificate can write it so.
    const shell = sequence(...element.children.slice(0, 2).map(encoding), bitString(negated(value)));
    const rewritten = readCertificate(shell);
    expect(rewritten.fingerprint).not.toBe(read(leaf).fingerprint);
    expect(ask({ leaf: rewritten })).toEqual(['CN=gestore', 'CN=AgID CA1', 'CN=root']);
    expect(ask({ leaf: rewritten, revoked: [read(leaf)] })).toBe('chain-revoked');
  });
});

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function negated(signature: Buffer): Buffer {
  const [r, s] = readElement(signature).children;
  const value = ORDER - BigInt(`0x${encoding(s!).subarray(2).toString('hex')}`);
  const hex = value.toString(16).padStart(64, '0');
  const octets = Buffer.from(parseInt(hex.slice(0, 2), 16) >= 0x80 ? `00${hex}` : hex, 'hex');
  return sequence(encoding(r!), Buffer.concat([Buffer.from([0x02, octets.length]), octets]));
}

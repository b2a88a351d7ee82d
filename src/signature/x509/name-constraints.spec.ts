import { beforeAll, describe, expect, it } from 'vitest';
import { type CertifiedKey, makeCertificate, readCertificate } from '../index.js';
import { type Certificate } from './certificate.js';
import { NO_NAMES } from './general-names.js';
import { namesAllowed } from './name-constraints.js';

const VALIDITY = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2030-01-01T00:00:00Z') };
let key: CertifiedKey;
beforeAll(async () => {
  key = await makeCertificate({ profile: 'ca', keyType: 'ec-p256', subject: { commonName: 'ca' }, ...VALIDITY });
});
const certificate = async (names: { emails?: string[]; dns?: string[]; ips?: string[] }): Promise<Certificate> => readCertificate((await makeCertificate({ profile: 'smime', privateKey: key.privateKey, issuer: key, subject: { country: 'IT', commonName: 'x' }, ...names, ...VALIDITY })).certificate);

describe('namesAllowed', () => {
  it.each([
    ['a@pec.example.it', 'pec.example.it', true],
    ['a@PEC.example.it', 'pec.EXAMPLE.it', true],
    ['a@sub.pec.example.it', 'pec.example.it', false],
    ['a@sub.pec.example.it', '.pec.example.it', true],
    ['a@pec.example.it', '.pec.example.it', false],
    ['a@xpec.example.it', 'pec.example.it', false],
    ['a@pec.example.it', 'a@pec.example.it', true],
    ['A@pec.example.it', 'a@pec.example.it', false],
    ['b@pec.example.it', 'a@pec.example.it', false],
    ['pec.example.it', 'pec.example.it', false],
  ])('address %s under %s: %s', async (email, constraint, inside) => {
    const leaf = await certificate({ emails: [email] });
    expect(namesAllowed(leaf, { permitted: { ...NO_NAMES, emails: [constraint] }, excluded: NO_NAMES })).toBe(inside);
    if (email.includes('@')) expect(namesAllowed(leaf, { permitted: NO_NAMES, excluded: { ...NO_NAMES, emails: [constraint] } })).toBe(!inside);
  });

  it('constrains only the kinds of names that occur', async () => {
    const leaf = await certificate({ dns: ['pec.example.it'], ips: ['10.1.2.3'] });
    const permitted = (names: Partial<typeof NO_NAMES>): boolean => namesAllowed(leaf, { permitted: { ...NO_NAMES, ...names }, excluded: NO_NAMES });
    expect(permitted({ emails: ['other.example'] })).toBe(true);
    expect(permitted({ dns: ['example.it'] })).toBe(true);
    expect(permitted({ dns: ['xample.it'] })).toBe(false);
    expect(permitted({ addresses: [Buffer.from([10, 0, 0, 0, 255, 0, 0, 0])] })).toBe(true);
    expect(permitted({ addresses: [Buffer.from([10, 2, 0, 0, 255, 255, 0, 0])] })).toBe(false);
    expect(permitted({ directories: [leaf.subjectNames.slice(0, 1)] })).toBe(true);
    expect(permitted({ directories: [leaf.subjectNames.slice(1)] })).toBe(false);
  });

  it('holds an address in the subject to the constraint too', async () => {
    const leaf = await certificate({});
    expect(namesAllowed({ ...leaf, subjectEmails: ['a@other.example'] }, { permitted: { ...NO_NAMES, emails: ['pec.example.it'] }, excluded: NO_NAMES })).toBe(false);
  });

  it('refuses a constrained kind that it does not understand', async () => {
    const leaf = await certificate({});
    const constraint = { permitted: { ...NO_NAMES, others: [6] }, excluded: NO_NAMES };
    expect(namesAllowed({ ...leaf, names: { ...NO_NAMES, others: [6] } }, constraint)).toBe(false);
    expect(namesAllowed(leaf, constraint)).toBe(true);
  });
});

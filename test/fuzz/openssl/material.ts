import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type CertificateRequest, type CertifiedKey, type KeyType, makeCertificate } from '../../../src/signature/index.js';
import { OUR_PROVIDER } from '../../../src/pec/testing/synthetic.js';

const CORPUS = path.resolve(process.cwd(), '../shared/corpus/pec');
export const hasCorpus = existsSync(path.join(CORPUS, 'MANIFEST.csv'));
const read = (folder: string, pattern: RegExp): { name: string; content: Buffer }[] =>
  hasCorpus ? readdirSync(path.join(CORPUS, folder)).filter((name) => pattern.test(name)).sort().map((name) => ({ name, content: readFileSync(path.join(CORPUS, folder, name)) })) : [];

export const realMails = (): readonly { name: string; content: Buffer }[] => read('eml', /\.eml$/);
export const realRoots = (): readonly Buffer[] => read('certs', /^root/).map(({ content }) => content);
export const realIntermediates = (): readonly Buffer[] => read('certs', /^(agid|digitpa)/).map(({ content }) => content);

const IN_FORCE = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };

/** Who signs the variants: a good signer of every key, and signers with one thing wrong about their certificate or chain. */
export interface Cast {
  readonly root: CertifiedKey;
  readonly good: readonly Signer[];
  readonly bad: readonly Signer[];
}

export interface Signer {
  readonly name: string;
  readonly key: CertifiedKey;
  /** Between the signer and the root. */
  readonly chain: readonly CertifiedKey[];
}

const KEYS: readonly KeyType[] = ['rsa-2048', 'rsa-3072', 'ec-p256', 'ec-p384'];

export async function cast(): Promise<Cast> {
  const authority = (commonName: string, more: Partial<CertificateRequest> = {}): Promise<CertifiedKey> => makeCertificate({ profile: 'ca', keyType: 'ec-p256', subject: { commonName }, ...IN_FORCE, ...more });
  const signer = (issuer: CertifiedKey, more: Partial<CertificateRequest> = {}): Promise<CertifiedKey> => makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { commonName: 'Gestore' }, emails: [OUR_PROVIDER], issuer, ...IN_FORCE, ...more });
  const root = await authority('Root');
  const rsaRoot = await authority('RSA intermediate', { keyType: 'rsa-2048', issuer: root });
  const middle = await authority('Intermediate', { issuer: root });
  const bounded = await authority('Bounded', { issuer: root, permittedEmails: ['pec.gestore.example'] });
  const good: Signer[] = [];
  for (const keyType of KEYS) good.push({ name: keyType, key: await signer(root, { keyType }), chain: [] });
  good.push(
    { name: 'intermediate', key: await signer(middle), chain: [middle] },
    { name: 'RSA intermediate', key: await signer(rsaRoot), chain: [rsaRoot] },
    { name: 'within name constraints', key: await signer(bounded), chain: [bounded] },
    { name: 'certificate by SHA-512', key: await signer(root, { digest: 'sha512' }), chain: [] },
    { name: 'several addresses', key: await signer(root, { emails: ['altro@x.example', OUR_PROVIDER] }), chain: [] },
    { name: 'address in other letters', key: await signer(root, { emails: [OUR_PROVIDER.replace('pec.gestore', 'PEC.Gestore')] }), chain: [] },
    { name: 'no purposes', key: await signer(root, { extendedKeyUsage: [] }), chain: [] },
    { name: 'more purposes', key: await signer(root, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.4'] }), chain: [] },
    { name: 'the root itself as intermediate', key: await signer(root), chain: [root] },
  );
  const shallow = await authority('Shallow', { issuer: root, pathLength: 0 });
  const below = await authority('Below', { issuer: shallow });
  const elsewhere = await authority('Elsewhere', { issuer: root, permittedEmails: ['pec.altro.example'] });
  const stranger = await authority('Root');
  const noSigner = await authority('No authority', { issuer: root, keyUsage: [0] });
  const late = await authority('Late', { issuer: root, notBefore: new Date('2027-01-01T00:00:00Z') });
  const bad: Signer[] = [
    { name: 'another root of the same name', key: await signer(stranger), chain: [stranger] },
    { name: 'expired', key: await signer(root, { notAfter: new Date('2026-01-01T00:00:00Z') }), chain: [] },
    { name: 'not yet in force', key: await signer(root, { notBefore: new Date('2027-01-01T00:00:00Z') }), chain: [] },
    { name: 'an intermediate not yet in force', key: await signer(late), chain: [late] },
    { name: 'for servers', key: await signer(root, { profile: 'tls-server' }), chain: [] },
    { name: 'for encryption', key: await signer(root, { keyUsage: [2] }), chain: [] },
    { name: 'issued by a signer', key: await signer(await signer(root)), chain: [] },
    { name: 'path too long', key: await signer(below), chain: [below, shallow] },
    { name: 'outside name constraints', key: await signer(elsewhere), chain: [elsewhere] },
    { name: 'issuer that may not issue', key: await signer(noSigner), chain: [noSigner] },
    { name: 'missing intermediate', key: await signer(middle), chain: [] },
    { name: 'another address', key: await signer(root, { emails: ['posta-certificata@pec.altro.example'] }), chain: [] },
    { name: 'no address', key: await signer(root, { emails: [] }), chain: [] },
    { name: 'an unknown critical extension', key: await signer(root, { extensions: [{ id: '1.2.3.4', critical: true, value: Buffer.from([5, 0]) }] }), chain: [] },
    { name: 'self-signed', key: await makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { commonName: 'x' }, emails: [OUR_PROVIDER], ...IN_FORCE }), chain: [] },
  ];
  return { root, good, bad };
}

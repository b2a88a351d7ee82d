import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { type DigestName, signatureOid } from '../asn1/algorithms.js';
import { bitString, boolean, context, contextPrimitive, integer, nullValue, octetString, oid, printableString, sequence, setOf, time, utf8String } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';
import { readCertificate } from './certificate.js';
import { certificatesOf, toPem } from './pem.js';

export type KeyType = 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'ec-p256' | 'ec-p384';

export interface Subject {
  readonly country?: string;
  readonly locality?: string;
  readonly organization?: string;
  readonly organizationalUnit?: string;
  readonly commonName: string;
}

/** A certificate with its private key. */
export interface CertifiedKey {
  /** DER. */
  readonly certificate: Buffer;
  readonly pem: string;
  readonly privateKey: KeyObject;
}

/**
 * What a certificate is for; decides basicConstraints, keyUsage and extKeyUsage:
 * `ca` issues others; `smime` signs mail (a PEC provider, pec.md 4.2); `signer` signs documents (SdI's notifications); `tls-server` serves TLS.
 */
export type CertificateProfile = 'ca' | 'smime' | 'signer' | 'tls-server';

export interface CertificateRequest {
  readonly profile: CertificateProfile;
  readonly subject: Subject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Who signs; the certificate is self-signed when absent. */
  readonly issuer?: Pick<CertifiedKey, 'certificate' | 'privateKey'>;
  /** An existing key; a new one of `keyType` is made when absent. */
  readonly privateKey?: KeyObject;
  /** Default `rsa-2048`. */
  readonly keyType?: KeyType;
  /** subjectAltName. */
  readonly emails?: readonly string[];
  readonly dns?: readonly string[];
  readonly ips?: readonly string[];
  /** For a CA: the only mail domains or addresses that certificates below it may carry (nameConstraints, permitted rfc822). */
  readonly permittedEmails?: readonly string[];
  /** For a CA: how many CAs may stand below it. */
  readonly pathLength?: number;
  /** Overrides the profile's extKeyUsage (dotted OIDs); an empty list leaves the extension out. */
  readonly extendedKeyUsage?: readonly string[];
  /** Overrides the profile's keyUsage bits. */
  readonly keyUsage?: readonly number[];
  /** Further extensions, such as certificatePolicies; `value` is the DER inside of the octet string. */
  readonly extensions?: readonly { readonly id: string; readonly critical?: boolean; readonly value: Buffer }[];
  /** Digest of the issuer's signature; default SHA-256. */
  readonly digest?: DigestName;
}

const DIGITAL_SIGNATURE = 0;
const NON_REPUDIATION = 1;
const KEY_ENCIPHERMENT = 2;
const KEY_CERT_SIGN = 5;
const CRL_SIGN = 6;

const PROFILES: Readonly<Record<CertificateProfile, { readonly keyUsage: readonly number[]; readonly extendedKeyUsage: readonly string[] }>> = {
  ca: { keyUsage: [KEY_CERT_SIGN, CRL_SIGN], extendedKeyUsage: [] },
  smime: { keyUsage: [DIGITAL_SIGNATURE], extendedKeyUsage: [OID.emailProtection] },
  signer: { keyUsage: [DIGITAL_SIGNATURE, NON_REPUDIATION], extendedKeyUsage: [] },
  'tls-server': { keyUsage: [DIGITAL_SIGNATURE, KEY_ENCIPHERMENT], extendedKeyUsage: [OID.serverAuth] },
};

const generate = promisify(generateKeyPair) as (type: string, options: object) => Promise<{ privateKey: KeyObject }>;

/** A new key pair; RSA takes some tenths of a second, off the event loop. */
export async function makeKey(type: KeyType = 'rsa-2048'): Promise<KeyObject> {
  const [family, size] = type.split('-') as [string, string];
  const made = family === 'rsa' ? await generate('rsa', { modulusLength: Number(size) }) : await generate('ec', { namedCurve: size === 'p384' ? 'P-384' : 'P-256' });
  return made.privateKey;
}

function nameOf(subject: Subject): Buffer {
  const rdn = (type: string, value: Buffer): Buffer => setOf(sequence(oid(type), value));
  const text = (type: string, value: string | undefined): Buffer[] => (value === undefined ? [] : [rdn(type, utf8String(value))]);
  return sequence(
    ...(subject.country === undefined ? [] : [rdn(OID.country, printableString(subject.country))]),
    ...text(OID.locality, subject.locality),
    ...text(OID.organization, subject.organization),
    ...text(OID.organizationalUnit, subject.organizationalUnit),
    ...text(OID.commonName, subject.commonName),
  );
}

const extension = (id: string, critical: boolean, value: Buffer): Buffer => sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));

function keyUsageBits(usages: readonly number[]): Buffer {
  const highest = Math.max(...usages);
  const octets = Buffer.alloc(Math.floor(highest / 8) + 1);
  for (const usage of usages) octets[usage >> 3] = (octets[usage >> 3] ?? 0) | (0x80 >> (usage & 7));
  return bitString(octets, 7 - (highest & 7));
}

function ipOctets(address: string): Buffer {
  const parts = address.split('.').map(Number);
  if (parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256)) return Buffer.from(parts);
  if (address === '::1') return Buffer.from([...new Array<number>(15).fill(0), 1]);
  throw new RangeError(`not an address that a certificate is made for: ${address}`);
}

function extensionsOf(request: CertificateRequest, spki: Buffer, issuerKeyId: Buffer): Buffer {
  const isCa = request.profile === 'ca';
  const profile = PROFILES[request.profile];
  const keyUsage = request.keyUsage ?? profile.keyUsage;
  const extendedKeyUsage = request.extendedKeyUsage ?? profile.extendedKeyUsage;
  const names = [
    ...(request.emails ?? []).map((email) => contextPrimitive(1, Buffer.from(email, 'latin1'))),
    ...(request.dns ?? []).map((host) => contextPrimitive(2, Buffer.from(host, 'latin1'))),
    ...(request.ips ?? []).map((address) => contextPrimitive(7, ipOctets(address))),
  ];
  const permitted = (request.permittedEmails ?? []).map((email) => sequence(contextPrimitive(1, Buffer.from(email, 'latin1'))));
  return sequence(
    ...(isCa ? [extension(OID.basicConstraints, true, sequence(boolean(true), ...(request.pathLength === undefined ? [] : [integer(request.pathLength)])))] : []),
    ...(keyUsage.length > 0 ? [extension(OID.keyUsage, true, keyUsageBits(keyUsage))] : []),
    ...(extendedKeyUsage.length > 0 ? [extension(OID.extendedKeyUsage, false, sequence(...extendedKeyUsage.map(oid)))] : []),
    ...(names.length > 0 ? [extension(OID.subjectAltName, false, sequence(...names))] : []),
    ...(permitted.length > 0 ? [extension(OID.nameConstraints, true, sequence(context(0, ...permitted)))] : []),
    extension(OID.subjectKeyIdentifier, false, octetString(keyId(spki))),
    extension(OID.authorityKeyIdentifier, false, sequence(contextPrimitive(0, issuerKeyId))),
    ...(request.extensions ?? []).map(({ id, critical, value }) => extension(id, critical ?? false, value)),
  );
}

/** SHA-1 of the public key's octets as an identifier (RFC 5280, 4.2.1.2): a name, not a safeguard. */
const keyId = (spki: Buffer): Buffer => createHash('sha1').update(spki).digest();

const spkiOf = (privateKey: KeyObject): Buffer => createPublicKey(privateKey).export({ format: 'der', type: 'spki' });

/**
 * Makes an X.509 v3 certificate (RFC 5280) and, where none is given, its key.
 * For the sandbox's own PKI and for tests; nothing here asks a real authority.
 *
 * @example
 * const ca = await makeCertificate({ profile: 'ca', subject: { commonName: 'Sandbox CA' }, notBefore, notAfter });
 * const provider = await makeCertificate({ profile: 'smime', subject: { commonName: 'Gestore' }, emails: ['posta-certificata@pec.example.it'], issuer: ca, notBefore, notAfter });
 */
export async function makeCertificate(request: CertificateRequest): Promise<CertifiedKey> {
  const privateKey = request.privateKey ?? (await makeKey(request.keyType));
  const signingKey = request.issuer?.privateKey ?? privateKey;
  const issuer = request.issuer ? readCertificate(request.issuer.certificate) : undefined;
  const spki = spkiOf(privateKey);
  const digest = request.digest ?? 'sha256';
  const isRsa = signingKey.asymmetricKeyType === 'rsa';
  const algorithm = sequence(oid(signatureOid(isRsa ? 'rsa-pkcs1' : 'ecdsa', digest)), ...(isRsa ? [nullValue()] : []));
  const subject = nameOf(request.subject);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const tbs = sequence(
    context(0, integer(2)),
    integer(serial),
    algorithm,
    issuer?.subject ?? subject,
    sequence(time(request.notBefore), time(request.notAfter)),
    subject,
    spki,
    context(3, extensionsOf(request, spki, issuer?.subjectKeyId ?? keyId(issuer?.spki ?? spki))),
  );
  const certificate = sequence(tbs, algorithm, bitString(sign(digest, tbs, signingKey)));
  return { certificate, pem: toPem(certificate), privateKey };
}

/** A certified key from what was stored of it: the certificate (PEM or DER) and the key (PEM). @throws when either cannot be read */
export function certifiedKey(certificate: Buffer | string, privateKeyPem: string): CertifiedKey {
  const [der] = certificatesOf(certificate);
  if (!der) throw new RangeError('no certificate found');
  return { certificate: der, pem: toPem(der), privateKey: createPrivateKey(privateKeyPem) };
}

/** The key of a certified key as PKCS #8 PEM, to be stored (encrypted at rest by who stores it). */
export const privateKeyPem = (key: Pick<CertifiedKey, 'privateKey'>): string => key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

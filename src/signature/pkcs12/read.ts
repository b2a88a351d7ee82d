import { createHmac, createPrivateKey, type KeyObject, timingSafeEqual, X509Certificate } from 'node:crypto';
import { DIGEST_BY_OID } from '../asn1/algorithms.js';
import { Asn1Error, child, type Element, expectUniversal, octets, oidOf, readElement } from '../asn1/ber.js';
import { OID } from '../asn1/oids.js';
import type { Certificate } from '../x509/certificate.js';
import { readCertificate } from '../x509/certificate.js';
import { type Bags, readBags } from './bags.js';
import { iterationsOf, saltOf } from './decrypt.js';
import { derive, WorkBudget } from './derive.js';
import { type PasswordForm, passwordForms } from './passwords.js';
import { PKCS12_REASONS, type Pkcs12Reason, type Pkcs12Refusal, Pkcs12Trouble } from './refusal.js';

export { PKCS12_REASONS, type Pkcs12Reason, type Pkcs12Refusal } from './refusal.js';

export interface Pkcs12Content {
  readonly ok: true;
  readonly privateKey: KeyObject;
  /** Of the private key. Whether it is in force, and for signing, is for the caller to judge. */
  readonly certificate: Certificate;
  /** Its authorities as far as the file has them, the issuing one first; DER. */
  readonly chain: readonly Buffer[];
}

/** A key and its chain take 3 to 10 kB. */
const MAX_BYTES = 1024 * 1024;

const refuse = (reason: Pkcs12Reason): Pkcs12Refusal => ({ ok: false, reason, text: PKCS12_REASONS[reason] });

/**
 * The signing key and certificate of a PKCS #12 file (RFC 7292): old exports (3DES and RC2, MAC with SHA-1) and new ones (AES by PBES2, MAC with SHA-2), RSA and EC, DER and BER.
 * Of several keys the first that has a certificate. Never throws; computes for about a second at most, whatever number of iterations the file asks for,
 * and blocks the event loop meanwhile (an ordinary file takes some milliseconds).
 */
export function readPkcs12(bytes: Buffer, password: string): Pkcs12Content | Pkcs12Refusal {
  if (bytes.length > MAX_BYTES) return refuse('too-large');
  try {
    return pairIn(open(bytes, password));
  } catch (error) {
    return refuse(error instanceof Pkcs12Trouble ? error.reason : 'unreadable');
  }
}

function open(bytes: Buffer, password: string): Bags {
  const pfx = expectUniversal(readElement(bytes), 0x10);
  expectUniversal(pfx.children[0], 2);
  const info = child(pfx, 1);
  // Signed with a public key instead of a password: nobody exports keys so.
  if (oidOf(info.children[0]) !== OID.data) throw new Pkcs12Trouble('unsupported');
  const safe = octets(expectUniversal(child(child(info, 1), 0), 4));
  const mac = pfx.children[2];
  const budget = new WorkBudget();
  let trouble: unknown = new Pkcs12Trouble('wrong-password');
  for (const form of passwordForms(password)) {
    if (mac && !macHolds(mac, safe, form, budget)) continue;
    try {
      return readBags(safe, form, budget);
    } catch (error) {
      trouble = rightlyNamed(error, mac !== undefined);
      if (!(trouble instanceof Pkcs12Trouble) || trouble.reason !== 'wrong-password') throw trouble;
    }
  }
  throw trouble;
}

/** Without a MAC a wrong password shows as rubbish where an encoding should be. */
const rightlyNamed = (error: unknown, authenticated: boolean): unknown => (error instanceof Asn1Error && !authenticated ? new Pkcs12Trouble('wrong-password') : error);

/** MacData (RFC 7292, 4 and appendix B.4). */
function macHolds(mac: Element, safe: Buffer, { bmp }: PasswordForm, budget: WorkBudget): boolean {
  const [info, salt, iterations] = expectUniversal(mac, 0x10).children;
  const digest = DIGEST_BY_OID.get(oidOf(child(child(info, 0), 0)));
  if (!digest) throw new Pkcs12Trouble('unsupported');
  const stated = octets(expectUniversal(child(info, 1), 4));
  const size = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 }[digest];
  const key = derive({ digest, password: bmp, salt: saltOf(salt), iterations: iterations ? iterationsOf(iterations) : 1, purpose: 3, size }, budget);
  const computed = createHmac(digest, key).update(safe).digest();
  return stated.length === computed.length && timingSafeEqual(stated, computed);
}

function pairIn({ keys, certificates }: Bags): Pkcs12Content | Pkcs12Refusal {
  if (keys.length === 0) return refuse('no-key');
  if (certificates.length === 0) return refuse('no-certificate');
  const readable = keys.map((der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  for (const privateKey of readable) {
    const der = certificates.find((candidate) => belongs(candidate, privateKey));
    if (der) return { ok: true, privateKey, certificate: readCertificate(der), chain: chainOf(der, certificates) };
  }
  return refuse('key-mismatch');
}

function belongs(certificate: Buffer, privateKey: KeyObject): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(privateKey);
  } catch {
    return false;
  }
}

const readOrNothing = (der: Buffer): Certificate[] => {
  try {
    return [readCertificate(der)];
  } catch {
    return [];
  }
};

/** By names: what is embedded in a signature needs no more. */
function chainOf(leaf: Buffer, certificates: readonly Buffer[]): Buffer[] {
  const others = certificates.flatMap(readOrNothing);
  const chain: Buffer[] = [];
  let current = readCertificate(leaf);
  while (!current.subject.equals(current.issuer)) {
    const { issuer } = current;
    const next = others.find(({ subject, der }) => subject.equals(issuer) && !chain.includes(der));
    if (!next) break;
    chain.push(next.der);
    current = next;
  }
  return chain;
}

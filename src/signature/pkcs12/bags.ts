import { child, type Element, encoding, expectUniversal, isContext, octets, oidOf, readElement } from '../asn1/ber.js';
import { OID } from '../asn1/oids.js';
import { decrypt } from './decrypt.js';
import type { WorkBudget } from './derive.js';
import type { PasswordForm } from './passwords.js';
import { Pkcs12Trouble } from './refusal.js';

/** What stands in the bags of a file. */
export interface Bags {
  /** PKCS #8, DER. */
  readonly keys: Buffer[];
  /** X.509, DER. */
  readonly certificates: Buffer[];
}

const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const ENVELOPED_DATA = '1.2.840.113549.1.7.3';
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';

/** Safe bags (RFC 7292, 4.2). */
const BAG = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  safeContents: '1.2.840.113549.1.12.10.1.6',
};

const MAX_BAGS = 256;
const MAX_DEPTH = 4;

/** Reads an AuthenticatedSafe (RFC 7292, 4.1). @throws Pkcs12Trouble, Asn1Error */
export function readBags(authenticatedSafe: Buffer, password: PasswordForm, budget: WorkBudget): Bags {
  const bags: Bags = { keys: [], certificates: [] };
  let count = 0;
  const readSafe = (octetsOfSafe: Buffer, depth: number): void => readContents(expectUniversal(readElement(octetsOfSafe), 0x10), depth);
  const readContents = (contents: Element, depth: number): void => {
    if (depth > MAX_DEPTH) throw new Pkcs12Trouble('unreadable');
    for (const bag of contents.children) {
      if (++count > MAX_BAGS) throw new Pkcs12Trouble('unreadable');
      const value = child(child(bag, 1), 0);
      readBag(oidOf(bag.children[0]), value, depth);
    }
  };
  const readBag = (type: string, value: Element, depth: number): void => {
    if (type === BAG.key) bags.keys.push(encoding(value));
    else if (type === BAG.shroudedKey) bags.keys.push(decrypt(expectUniversal(value.children[0], 0x10), octets(expectUniversal(value.children[1], 4)), password, budget));
    else if (type === BAG.certificate && oidOf(value.children[0]) === X509_CERTIFICATE) bags.certificates.push(octets(expectUniversal(child(child(value, 1), 0), 4)));
    else if (type === BAG.safeContents) readContents(value, depth + 1);
  };
  for (const info of expectUniversal(readElement(authenticatedSafe), 0x10).children) {
    const type = oidOf(info.children[0]);
    const wrapped = child(child(info, 1), 0);
    if (type === OID.data) readSafe(octets(expectUniversal(wrapped, 4)), 0);
    else if (type === ENCRYPTED_DATA) readSafe(decryptData(wrapped, password, budget), 0);
    else if (type === ENVELOPED_DATA) throw new Pkcs12Trouble('unsupported');
  }
  return bags;
}

/** EncryptedData (RFC 5652, 8). */
function decryptData(data: Element, password: PasswordForm, budget: WorkBudget): Buffer {
  const info = child(data, 1);
  const encrypted = info.children[2];
  if (!isContext(encrypted, 0)) throw new Pkcs12Trouble('unreadable');
  return decrypt(expectUniversal(info.children[1], 0x10), octets(encrypted), password, budget);
}

import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { Asn1Error, bits, child, content, type Element, encoding, expectUniversal, isContext, isUniversal, octets, oidOf, readElement, timeOf } from '../asn1/ber.js';
import { OID } from '../asn1/oids.js';
import { type GeneralNames, NO_NAMES, generalNames } from './general-names.js';
import { nameText, nameValues, relativeNames } from './name.js';

/** What name constraints allow and forbid (RFC 5280, 4.2.1.10). */
export interface NameConstraints {
  readonly permitted: GeneralNames;
  readonly excluded: GeneralNames;
}

/** An X.509 certificate, read once. All octets are views into `der`. */
export interface Certificate {
  readonly der: Buffer;
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string;
  /** Hex, upper case. */
  readonly serial: string;
  readonly serialOctets: Buffer;
  readonly version: number;
  readonly issuer: Buffer;
  readonly issuerText: string;
  readonly subject: Buffer;
  readonly subjectText: string;
  readonly subjectNames: readonly Buffer[];
  /** `emailAddress` attributes in the subject (deprecated, still subject to constraints). */
  readonly subjectEmails: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spki: Buffer;
  readonly tbs: Buffer;
  /** AlgorithmIdentifier of the issuer's signature. */
  readonly signatureAlgorithm: Element;
  readonly signature: Buffer;
  readonly names: GeneralNames;
  readonly ca: boolean;
  readonly pathLength?: number;
  /** Bit 0 is digitalSignature, bit 5 keyCertSign; absent when the extension is. */
  readonly keyUsage?: ReadonlySet<number>;
  readonly extendedKeyUsage?: readonly string[];
  readonly nameConstraints?: NameConstraints;
  readonly subjectKeyId?: Buffer;
  readonly authorityKeyId?: Buffer;
  /** Critical extensions that nothing here understands. */
  readonly unknownCritical: readonly string[];
  /** Undefined when the platform does not support the key. */
  readonly publicKey: () => KeyObject | undefined;
}

interface Extensions {
  names: GeneralNames;
  ca: boolean;
  pathLength?: number;
  keyUsage?: ReadonlySet<number>;
  extendedKeyUsage?: readonly string[];
  nameConstraints?: NameConstraints;
  subjectKeyId?: Buffer;
  authorityKeyId?: Buffer;
  unknownCritical: string[];
}

const integerOf = (element: Element): number => parseInt(content(expectUniversal(element, 2)).toString('hex'), 16);

function keyUsageOf(value: Element): ReadonlySet<number> {
  const [unused = 0, ...bytes] = content(expectUniversal(value, 3));
  const set = new Set<number>();
  bytes.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) {
      const last = index === bytes.length - 1 && bit > 7 - unused;
      if (!last && (byte & (0x80 >> bit)) !== 0) set.add(index * 8 + bit);
    }
  });
  return set;
}

function constraintsOf(value: Element): NameConstraints {
  const subtrees = (number: number): GeneralNames => {
    const trees = value.children.find((part) => isContext(part, number));
    return trees ? generalNames(trees.children.map((tree) => child(tree, 0))) : NO_NAMES;
  };
  return { permitted: subtrees(0), excluded: subtrees(1) };
}

/** How each extension is read; what path validation does not need of a certificate is listed with no effect. */
const EXTENSIONS: ReadonlyMap<string, (value: Element, into: Extensions) => void> = new Map([
  [OID.subjectAltName, (value: Element, into: Extensions) => void (into.names = generalNames(value.children))],
  [
    OID.basicConstraints,
    (value: Element, into: Extensions) => {
      const [first, second] = value.children;
      into.ca = isUniversal(first, 1) && content(first)[0] !== 0;
      const length = isUniversal(first, 2) ? first : second;
      if (length) into.pathLength = integerOf(length);
    },
  ],
  [OID.keyUsage, (value: Element, into: Extensions) => void (into.keyUsage = keyUsageOf(value))],
  [OID.extendedKeyUsage, (value: Element, into: Extensions) => void (into.extendedKeyUsage = value.children.map(oidOf))],
  [OID.nameConstraints, (value: Element, into: Extensions) => void (into.nameConstraints = constraintsOf(value))],
  [OID.subjectKeyIdentifier, (value: Element, into: Extensions) => void (into.subjectKeyId = octets(expectUniversal(value, 4)))],
  [
    OID.authorityKeyIdentifier,
    (value: Element, into: Extensions) => {
      const key = value.children.find((part) => isContext(part, 0));
      if (key) into.authorityKeyId = content(key);
    },
  ],
  [OID.certificatePolicies, () => undefined],
  [OID.policyMappings, () => undefined],
  [OID.policyConstraints, () => undefined],
  [OID.inhibitAnyPolicy, () => undefined],
]);

function readExtensions(list: Element | undefined): Extensions {
  const into: Extensions = { names: NO_NAMES, ca: false, unknownCritical: [] };
  const seen = new Set<string>();
  for (const extension of list?.children ?? []) {
    const id = oidOf(extension.children[0]);
    if (seen.has(id)) throw new Asn1Error('an extension occurs twice');
    seen.add(id);
    const flag = extension.children[1];
    const critical = isUniversal(flag, 1) && content(flag)[0] !== 0;
    const value = expectUniversal(extension.children.at(-1), 4);
    const reader = EXTENSIONS.get(id);
    if (reader) reader(readElement(octets(value)), into);
    else if (critical) into.unknownCritical.push(id);
  }
  return into;
}

function keyOf(spki: Buffer): KeyObject | undefined {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/** Reads a DER certificate (RFC 5280, 4.1). @throws Asn1Error when it is none */
export function readCertificate(der: Buffer): Certificate {
  const root = expectUniversal(readElement(der), 0x10);
  const exact = encoding(root);
  const tbs = expectUniversal(root.children[0], 0x10);
  const fields = [...tbs.children];
  const versionField = isContext(fields[0], 0) ? fields.shift() : undefined;
  const version = versionField ? integerOf(child(versionField, 0)) + 1 : 1;
  const serialOctets = content(expectUniversal(fields[0], 2));
  const issuer = expectUniversal(fields[2], 0x10);
  const validity = child(tbs, versionField ? 4 : 3);
  const subject = expectUniversal(fields[4], 0x10);
  const spki = encoding(expectUniversal(fields[5], 0x10));
  const extensions = readExtensions(fields.slice(6).find((field) => isContext(field, 3))?.children[0]);
  let key: KeyObject | undefined | null = null;
  return {
    der: exact,
    fingerprint: createHash('sha256').update(exact).digest('hex'),
    serial: serialOctets.toString('hex').toUpperCase(),
    serialOctets,
    version,
    issuer: encoding(issuer),
    issuerText: nameText(issuer),
    subject: encoding(subject),
    subjectText: nameText(subject),
    subjectNames: relativeNames(subject),
    subjectEmails: nameValues(subject, OID.emailAddress),
    notBefore: timeOf(child(validity, 0)),
    notAfter: timeOf(child(validity, 1)),
    spki,
    tbs: encoding(tbs),
    signatureAlgorithm: expectUniversal(root.children[1], 0x10),
    signature: bits(child(root, 2)),
    ...extensions,
    publicKey: () => (key === null ? (key = keyOf(spki)) : key),
  };
}

/** Certificates read before, by the SHA-256 of their octets. Facts about octets only: no verdict is kept. */
const CACHE = new Map<string, Certificate>();
const CACHE_SIZE = 1024;
/** A certificate has 1 to 3 kB; a huge one in a hostile file is read and forgotten. */
const CACHED_OCTETS = 16 * 1024;

/** `readCertificate` for certificates that come again and again (providers' and their CAs'). @throws Asn1Error */
export function cachedCertificate(der: Buffer): Certificate {
  if (der.length > CACHED_OCTETS) return readCertificate(der);
  const key = createHash('sha256').update(der).digest('base64');
  const known = CACHE.get(key);
  if (known) return known;
  const certificate = readCertificate(Buffer.from(der));
  if (CACHE.size >= CACHE_SIZE) for (const oldest of CACHE.keys()) {
    CACHE.delete(oldest);
    break;
  }
  CACHE.set(key, certificate);
  return certificate;
}

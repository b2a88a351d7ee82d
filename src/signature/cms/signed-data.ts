import { Asn1Error, child, content, type Element, encoding, expectUniversal, isContext, isUniversal, octets, oidOf, readElement, readElementLeniently } from '../asn1/ber.js';
import { OID } from '../asn1/oids.js';

/** The outline of a CMS SignedData (RFC 5652, 5.1), not judged yet. */
export interface SignedData {
  /** Whether the outermost lengths are definite (DER, as far as anybody can see from outside). */
  readonly definite: boolean;
  /** Object identifiers of the digests that are announced for the signers. */
  readonly digestAlgorithms: readonly string[];
  readonly contentType: string;
  /** The embedded content; absent in a detached signature. */
  readonly content?: Buffer;
  /** DER of the embedded X.509 certificates. */
  readonly certificates: readonly Buffer[];
  /** One SignerInfo each, for {@link readSigner}. */
  readonly signers: readonly Element[];
  /** Read leniently: the set of signers is there and cannot be read. */
  readonly signersMalformed: boolean;
  /** Octets behind the message. */
  readonly trailing: number;
}

export interface SignerInfo {
  readonly issuer?: Buffer;
  readonly serial?: Buffer;
  readonly subjectKeyId?: Buffer;
  readonly digestAlgorithm: string;
  /** `[0] IMPLICIT SignedAttributes`, as it stands. */
  readonly signedAttributes?: Element;
  readonly signatureAlgorithm: Element;
  readonly signature: Buffer;
}

/** A message brings three or four; more than this is no message of a provider. */
const MAX_CERTIFICATES = 64;
const MAX_SIGNERS = 64;

/** RFC 5652, 5.3: 1 names the signer by issuer and serial, 3 by key identifier. Some programs write 1 for both. */
const SIGNER_VERSIONS = [1, 3];

/** @throws Asn1Error */
export function readSigner(info: Element): SignerInfo {
  const fields = expectUniversal(info, 0x10).children;
  const version = content(expectUniversal(fields[0], 2));
  if (version.length !== 1 || !SIGNER_VERSIONS.includes(version[0] ?? 0)) throw new Asn1Error('unknown version of a signer');
  const identifier = child(info, 1);
  const byIssuer = isUniversal(identifier, 0x10);
  if (!byIssuer && !isContext(identifier, 0)) throw new Asn1Error('unknown kind of signer identifier');
  const hasAttributes = isContext(fields[3], 0);
  const rest = hasAttributes ? 4 : 3;
  return {
    ...(byIssuer ? { issuer: encoding(child(identifier, 0)), serial: content(expectUniversal(identifier.children[1], 2)) } : { subjectKeyId: octets(identifier) }),
    digestAlgorithm: oidOf(child(expectUniversal(fields[2], 0x10), 0)),
    ...(hasAttributes ? { signedAttributes: fields[3] } : {}),
    signatureAlgorithm: expectUniversal(fields[rest], 0x10),
    signature: octets(expectUniversal(fields[rest + 1], 4)),
  };
}

/**
 * Reads a ContentInfo with SignedData, DER or BER. Octets behind it are counted and left alone.
 *
 * @param lenient whether broken signers and certificates are left to whoever reads them, so that the content of a damaged file can still be had
 * @throws Asn1Error; 'cms-not-signed-data' as its message for another type
 */
export function readSignedData(bytes: Buffer, lenient = false): SignedData {
  const info = expectUniversal(lenient ? readElementLeniently(bytes) : readElement(bytes), 0x10);
  if (oidOf(info.children[0]) !== OID.signedData || !isContext(info.children[1], 0)) throw new Asn1Error('cms-not-signed-data');
  const data = expectUniversal(only(child(info, 1)), 0x10);
  if (content(expectUniversal(data.children[0], 2)).length !== 1) throw new Asn1Error('odd version');
  const encapsulated = expectUniversal(data.children[2], 0x10);
  const [type, wrapper, ...more] = encapsulated.children;
  if ((wrapper && !isContext(wrapper, 0)) || more.length > 0) throw new Asn1Error('odd encapsulated content');
  const inner = wrapper ? only(wrapper) : undefined;
  const certificates = data.children.slice(3).find((part) => isContext(part, 0));
  const set = expectUniversal(data.children.at(-1), 0x11);
  const signers = set.children;
  if ((certificates?.children.length ?? 0) > MAX_CERTIFICATES || signers.length > MAX_SIGNERS) throw new Asn1Error('too many certificates or signers');
  return {
    definite: !info.indefinite,
    digestAlgorithms: isUniversal(data.children[1], 0x11) ? data.children[1].children.flatMap((algorithm) => (isUniversal(algorithm.children[0], 6) ? [oidOf(algorithm.children[0])] : [])) : [],
    contentType: oidOf(type),
    // PKCS #7 allowed any type here, so what is no OCTET STRING is taken as it stands (RFC 5652, 5.2.1).
    ...(inner ? { content: isUniversal(inner, 4) ? octets(inner) : content(inner) } : {}),
    certificates: (certificates?.children ?? []).filter((certificate) => isUniversal(certificate, 0x10)).map(encoding),
    signers,
    signersMalformed: set.malformed === true,
    trailing: bytes.length - info.end,
  };
}

/** The one child of a wrapper. */
function only(wrapper: Element): Element {
  if (wrapper.children.length !== 1) throw new Asn1Error('not exactly one element inside');
  return child(wrapper, 0);
}

import { Asn1Error, child, content, type Element, encoding, expectUniversal, isContext, isUniversal, octets, oidOf, readElement } from '../asn1/ber.js';
import { OID } from '../asn1/oids.js';

/** The outline of a CMS SignedData (RFC 5652, 5.1), not judged yet. */
export interface SignedData {
  /** Whether the outermost lengths are definite (DER, as far as anybody can see from outside). */
  readonly definite: boolean;
  readonly contentType: string;
  /** The embedded content; absent in a detached signature. */
  readonly content?: Buffer;
  /** DER of the embedded X.509 certificates. */
  readonly certificates: readonly Buffer[];
  readonly signers: readonly SignerInfo[];
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

function readSigner(info: Element): SignerInfo {
  const fields = expectUniversal(info, 0x10).children;
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

/** Reads a ContentInfo with SignedData, DER or BER. Octets behind it are ignored. @throws Asn1Error; 'cms-not-signed-data' as its message for another type */
export function readSignedData(bytes: Buffer): SignedData {
  const info = expectUniversal(readElement(bytes), 0x10);
  if (oidOf(info.children[0]) !== OID.signedData || !isContext(info.children[1], 0)) throw new Asn1Error('cms-not-signed-data');
  const data = expectUniversal(child(info, 1).children[0], 0x10);
  const encapsulated = expectUniversal(data.children[2], 0x10);
  const wrapper = encapsulated.children[1];
  if (wrapper && !isContext(wrapper, 0)) throw new Asn1Error('odd encapsulated content');
  const inner = wrapper ? child(wrapper, 0) : undefined;
  const certificates = data.children.slice(3).find((part) => isContext(part, 0));
  const signers = expectUniversal(data.children.at(-1), 0x11).children;
  if ((certificates?.children.length ?? 0) > MAX_CERTIFICATES || signers.length > MAX_SIGNERS) throw new Asn1Error('too many certificates or signers');
  return {
    definite: !info.indefinite,
    contentType: oidOf(encapsulated.children[0]),
    // PKCS #7 allowed any type here, so what is no OCTET STRING is taken as it stands (RFC 5652, 5.2.1).
    ...(inner ? { content: isUniversal(inner, 4) ? octets(inner) : content(inner) } : {}),
    certificates: (certificates?.children ?? []).filter((certificate) => isUniversal(certificate, 0x10)).map(encoding),
    signers: signers.map(readSigner),
  };
}

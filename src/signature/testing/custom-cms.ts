import { createHash, sign } from 'node:crypto';
import { context, integer, nullValue, octetString, oid, sequence, setOf, sortedSet, time, tlv } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';
import { readCertificate } from '../x509/certificate.js';
import type { CertifiedKey } from '../x509/make.js';

/** For tests: a signed message that departs from the ordinary in a chosen place. */
export interface CustomSigner {
  readonly key: CertifiedKey;
  readonly at?: Date;
  /** Digest of the content and of the signature. */
  readonly digest?: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  readonly digestOid?: string;
  readonly version?: number;
  /** In place of issuer and serial. */
  readonly sid?: Buffer;
  /** In place of all signed attributes; empty list: none at all. */
  readonly attributes?: readonly Buffer[];
  readonly extra?: readonly Buffer[];
  readonly algorithm?: Buffer;
  readonly signature?: (octets: Buffer) => Buffer;
  /** Behind the signature. */
  readonly unsigned?: Buffer;
}

export interface CustomMessage {
  readonly content: Buffer;
  readonly signers: readonly CustomSigner[];
  /** Default: of all signers. */
  readonly certificates?: readonly Buffer[];
  readonly contentType?: string;
  /** In place of the wrapper around the content; null: none. */
  readonly wrapper?: Buffer | null;
  readonly version?: number;
  /** Object identifiers of digestAlgorithms. Default: those of the signers. */
  readonly digests?: readonly string[];
}

const DIGEST_OIDS = { sha1: OID.sha1, sha256: OID.sha256, sha384: OID.sha384, sha512: OID.sha512 };
export const attribute = (type: string, ...values: readonly Buffer[]): Buffer => sequence(oid(type), setOf(...values));

/** The attributes that every signature has. */
export const ordinaryAttributes = (content: Buffer, { digest = 'sha256', at }: Pick<CustomSigner, 'digest' | 'at'> = {}): Buffer[] => [
  attribute(OID.contentType, oid(OID.data)),
  attribute(OID.messageDigest, octetString(createHash(digest).update(content).digest())),
  ...(at ? [attribute(OID.signingTime, time(at))] : []),
];

function signerInfo(content: Buffer, signer: CustomSigner): Buffer {
  const { key, digest = 'sha256' } = signer;
  const certificate = readCertificate(key.certificate);
  const attributes = sortedSet([...(signer.attributes ?? ordinaryAttributes(content, signer)), ...(signer.extra ?? [])]);
  const toSign = attributes.length > 0 ? tlv(0x31, attributes) : content;
  const isRsa = key.privateKey.asymmetricKeyType === 'rsa';
  const ecdsa = { sha1: '1.2.840.10045.4.1', sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3', sha512: '1.2.840.10045.4.3.4' }[digest];
  return sequence(
    integer(signer.version ?? 1),
    signer.sid ?? sequence(certificate.issuer, tlv(0x02, certificate.serialOctets)),
    sequence(oid(signer.digestOid ?? DIGEST_OIDS[digest])),
    ...(attributes.length > 0 ? [tlv(0xa0, attributes)] : []),
    signer.algorithm ?? (isRsa ? sequence(oid(OID.rsaEncryption), nullValue()) : sequence(oid(ecdsa))),
    octetString((signer.signature ?? ((octets: Buffer) => sign(digest, octets, key.privateKey)))(toSign)),
    ...(signer.unsigned ? [signer.unsigned] : []),
  );
}

export function customCms({ content, signers, certificates, contentType = OID.data, wrapper, version = 1, digests }: CustomMessage): Buffer {
  const body = wrapper === null ? [] : [wrapper ?? context(0, octetString(content))];
  const data = sequence(
    integer(version),
    setOf(...[...new Set(digests ?? signers.map(({ digest = 'sha256', digestOid }) => digestOid ?? DIGEST_OIDS[digest]))].map((id) => sequence(oid(id)))),
    sequence(oid(contentType), ...body),
    tlv(0xa0, sortedSet(certificates ?? signers.map(({ key }) => key.certificate))),
    setOf(...signers.map((signer) => signerInfo(content, signer))),
  );
  return sequence(oid(OID.signedData), context(0, data));
}

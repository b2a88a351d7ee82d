import { createHash, verify, X509Certificate } from 'node:crypto';
import { readableCertificates } from '../x509/store.js';
import { canonicalDocument, canonicalSubtree, exclusiveSubtree } from './c14n.js';
import { dateTimeOf } from './date-time.js';
import { DS, EXCLUSIVE_C14N, FILTER2, RSA_SHA256, SHA256, SIGNED_PROPERTIES_TYPE, XADES } from './names.js';
import { namespaceAt } from './transforms.js';
import { attributeOf, childElements, elementsOf, parseXml, textOf, type XmlDocument, type XmlElement } from './tree.js';

/** What an enveloped signature of SdI says. `reasons` are in English; with `valid` they are remarks. */
export interface XadesVerdict {
  /** `intact`: right over exactly this document, by a signer for whom nobody vouches; `revoked`: the same by a signer, or under an authority, that was revoked. */
  readonly verdict: 'valid' | 'intact' | 'revoked' | 'invalid' | 'absent';
  readonly reasons: readonly string[];
  /** The certificate that the signature names, DER, where it can be read. Only when `valid`, `intact` or `revoked` is it certain that its key signed. */
  readonly certificate?: Buffer;
  /** SHA-256 of the certificates from the signer's to the anchor, hex; only when valid. */
  readonly chain?: readonly string[];
  /** ISO 8601, UTC; only when the signature is right. */
  readonly signingTime?: string;
}

/** Whose signatures of SdI's are believed. */
export interface XadesTrust {
  /** Certificates, DER or PEM: SdI's own, or the authority that issues them. */
  readonly anchors: readonly Buffer[];
  /** Certificates that count by themselves, as signers, and never issue others, whatever they say of themselves. */
  readonly pinned?: readonly Buffer[];
  /** Certificates that count neither as signer nor as authority, whoever vouches for them. */
  readonly revoked?: readonly Buffer[];
}

/**
 * Elements that hold a copy of a document which may bring a signature of its own: NE repeats the office's EC (sdi.md 4.3). The transform cuts
 * that inner signature away too, so nothing in it is ever believed.
 */
const SIGNED_COPIES = ['EsitoCommittente'];

const NO_WHITESPACE = /[\s]+/g;

class Invalid extends Error {}

function must(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Invalid(reason);
}

const isDs = (element: XmlElement | undefined, local: string): element is XmlElement => element?.namespace === DS && element.local === local;

/** The children, which must be exactly these, in this order. */
function exactly(parent: XmlElement, ...names: readonly string[]): XmlElement[] {
  const children = childElements(parent);
  must(children.length === names.length && children.every((child, index) => isDs(child, names[index] ?? '')), `${parent.local} has not exactly the children ${names.join(', ')}`);
  return children;
}

function algorithm(element: XmlElement | undefined, expected: string): void {
  must(element !== undefined && attributeOf(element, 'Algorithm') === expected && childElements(element).length === 0, `${element?.local ?? 'an element'} does not use ${expected}`);
}

const sha256Of = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');
const base64 = (element: XmlElement): Buffer => Buffer.from(textOf(element).replace(NO_WHITESPACE, ''), 'base64');
const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** The signature's parts, in the one shape that is accepted. */
interface Parts {
  readonly signedInfo: XmlElement;
  readonly signatureValue: XmlElement;
  readonly keyInfo: XmlElement;
  readonly signedProperties: XmlElement;
}

function partsOf(signature: XmlElement): Parts {
  const [signedInfo, signatureValue, keyInfo, object] = exactly(signature, 'SignedInfo', 'SignatureValue', 'KeyInfo', 'Object');
  must(!!signedInfo && !!signatureValue && !!keyInfo && !!object, 'Signature is incomplete');
  const [qualifying, ...others] = childElements(object);
  must(qualifying?.namespace === XADES && qualifying.local === 'QualifyingProperties' && others.length === 0, 'Object does not hold exactly QualifyingProperties');
  const signedProperties = childElements(qualifying).filter((child) => child.namespace === XADES && child.local === 'SignedProperties');
  must(signedProperties.length === 1 && signedProperties[0] !== undefined, 'there is not exactly one SignedProperties');
  return { signedInfo, signatureValue, keyInfo, signedProperties: signedProperties[0] };
}

/** One XPath Filter 2.0 transform that subtracts every signature, and nothing else. */
function mustSubtractSignatures(transforms: XmlElement): void {
  const [transform] = exactly(transforms, 'Transform');
  must(transform !== undefined && attributeOf(transform, 'Algorithm') === FILTER2, 'the document is not transformed by XPath Filter 2.0');
  const [xpath, ...others] = childElements(transform);
  must(xpath?.namespace === FILTER2 && xpath.local === 'XPath' && others.length === 0 && attributeOf(xpath, 'Filter') === 'subtract', 'the transform is not one subtraction');
  const match = /^\/descendant::([A-Za-z_][\w.-]*):Signature$/.exec(textOf(xpath).trim());
  must(match !== null && namespaceAt(xpath, match[1] ?? '') === DS, 'the transform does not subtract the signatures');
}

/** Each reference must be there once, in its own shape, and its digest must hold. */
function checkReferences(document: XmlDocument, { signedInfo, keyInfo, signedProperties }: Parts): void {
  const [canonicalization, method, ...references] = childElements(signedInfo);
  must(isDs(canonicalization, 'CanonicalizationMethod') && isDs(method, 'SignatureMethod'), 'SignedInfo does not begin with its two methods');
  algorithm(canonicalization, EXCLUSIVE_C14N);
  algorithm(method, RSA_SHA256);
  must(references.length === 3 && references.every((reference) => isDs(reference, 'Reference')), 'there are not exactly three references');

  const idOf = (element: XmlElement): string => `#${attributeOf(element, 'Id') ?? ''}`;
  const take = (uri: string): XmlElement => {
    const found = references.filter((reference) => attributeOf(reference, 'URI') === uri);
    must(found.length === 1 && found[0] !== undefined, `there is not exactly one reference to "${uri}"`);
    return found[0];
  };
  const compare = (method: XmlElement | undefined, value: XmlElement | undefined, canonical: () => string, what: string): void => {
    algorithm(method, SHA256);
    must(value !== undefined && base64(value).equals(sha256(canonical())), `the digest of ${what} does not hold`);
  };
  must(idOf(keyInfo) !== '#' && idOf(signedProperties) !== '#', 'KeyInfo or SignedProperties has no Id');

  const [transforms, documentMethod, documentDigest] = exactly(take(''), 'Transforms', 'DigestMethod', 'DigestValue');
  must(transforms !== undefined, 'the reference to the document has no transforms');
  mustSubtractSignatures(transforms);
  const properties = take(idOf(signedProperties));
  must(attributeOf(properties, 'Type') === SIGNED_PROPERTIES_TYPE, 'the reference to SignedProperties has not its type');
  const [propertiesMethod, propertiesDigest] = exactly(properties, 'DigestMethod', 'DigestValue');
  const [keyMethod, keyDigest] = exactly(take(idOf(keyInfo)), 'DigestMethod', 'DigestValue');

  compare(documentMethod, documentDigest, () => canonicalDocument(document, (element) => isDs(element, 'Signature')), 'the document');
  compare(propertiesMethod, propertiesDigest, () => canonicalSubtree(signedProperties), 'SignedProperties');
  compare(keyMethod, keyDigest, () => canonicalSubtree(keyInfo), 'KeyInfo');
}

function certificateIn(keyInfo: XmlElement): X509Certificate {
  const [data] = exactly(keyInfo, 'X509Data');
  const certificates = data ? childElements(data).filter((child) => isDs(child, 'X509Certificate')) : [];
  must(certificates.length === 1 && certificates[0] !== undefined, 'KeyInfo does not hold exactly one certificate');
  try {
    return new X509Certificate(base64(certificates[0]));
  } catch {
    throw new Invalid('the certificate cannot be read');
  }
}

function signingTimeIn(signedProperties: XmlElement): Date {
  const times = [...elementsOf(signedProperties)].filter((element) => element.namespace === XADES && element.local === 'SigningTime');
  const time = times.length === 1 && times[0] ? dateTimeOf(textOf(times[0])) : undefined;
  must(time !== undefined, 'SigningTime is missing or unreadable');
  return time;
}

const inForce = (certificate: X509Certificate, at: Date): boolean => at >= new Date(certificate.validFrom) && at <= new Date(certificate.validTo);

/** Whether an anchor vouches for the certificate: it is the same, or an authority whose key signed it. Comparing names proves nothing. */
function vouches(anchor: X509Certificate, certificate: X509Certificate, at: Date): boolean {
  if (anchor.fingerprint256 === certificate.fingerprint256) return true;
  return anchor.ca && inForce(anchor, at) && certificate.checkIssued(anchor) && certificate.verify(anchor.publicKey);
}

/** What an intact signature is worth by whose it is. */
function standingOf(certificate: X509Certificate, { anchors, pinned = [], revoked = [] }: XadesTrust, at: Date): Pick<XadesVerdict, 'verdict' | 'reasons' | 'chain'> {
  const distrusted = readableCertificates(revoked);
  const isRevoked = (bytes: Buffer): boolean => readableCertificates([bytes]).some((one) => distrusted.some((other) => one.fingerprint === other.fingerprint || one.tbs.equals(other.tbs)));
  if (isRevoked(certificate.raw)) return { verdict: 'revoked', reasons: ["the signer's certificate was revoked"] };
  if (pinned.flatMap(readAnchor).some((one) => one.fingerprint256 === certificate.fingerprint256)) return { verdict: 'valid', reasons: [], chain: [sha256Of(certificate.raw)] };
  const above = anchors.flatMap(readAnchor).filter((anchor) => vouches(anchor, certificate, at));
  const anchor = above.find((one) => !isRevoked(one.raw));
  if (anchor) return { verdict: 'valid', reasons: [], chain: [...new Set([sha256Of(certificate.raw), sha256Of(anchor.raw)])] };
  if (above.length > 0) return { verdict: 'revoked', reasons: ["the authority of the signer's certificate was revoked"] };
  return { verdict: 'intact', reasons: ["the signer's certificate is neither a configured anchor nor issued by one"] };
}

function readAnchor(bytes: Buffer): X509Certificate[] {
  try {
    return [new X509Certificate(bytes)];
  } catch {
    return [];
  }
}

/** Exactly one signature for the whole, last element of the root; inside, only that of a repeated document. */
function signatureOf(root: XmlElement): XmlElement | undefined {
  const all = [...elementsOf(root)].filter((element) => isDs(element, 'Signature'));
  const own = all.filter((element) => element.parent === root);
  if (all.length === 0) return undefined;
  must(own.length === 1, 'there is not exactly one signature below the root');
  must(childElements(root).at(-1) === own[0], 'the signature is not the last child of the root');
  must(
    all.every((element) => element === own[0] || (element.parent?.parent === root && element.parent.namespace === '' && SIGNED_COPIES.includes(element.parent.local))),
    'there is a signature where none belongs',
  );
  return own[0];
}

/** Ids that something could be found by must be told apart; those inside a repeated document's signature are cut away and do not count. */
function mustHaveUniqueIds(root: XmlElement, signature: XmlElement): void {
  const seen = new Set<string>();
  const walk = (element: XmlElement): void => {
    if (isDs(element, 'Signature') && element !== signature) return;
    for (const attribute of element.attributes) {
      if (!/^id$/i.test(attribute.local)) continue;
      must(!seen.has(attribute.value), `the id "${attribute.value}" occurs twice`);
      seen.add(attribute.value);
    }
    for (const child of childElements(element)) walk(child);
  };
  walk(root);
}

/**
 * Verifies the signature of a parsed SdI message: XAdES, enveloped, in exactly the form of sdi.md 4.6; everything else is `invalid`. What is
 * outside `ds:Signature` in this very tree is what was signed: read from it and from nothing else. Takes well under a millisecond.
 *
 * @param trust whose signatures count; a list alone holds anchors. Without any that vouches for the signer the verdict is at best `intact`.
 */
export function verifySdiXadesTree(document: XmlDocument, trust: XadesTrust | readonly Buffer[]): XadesVerdict {
  let named: X509Certificate | undefined;
  const invalid = (reason: string): XadesVerdict => ({ verdict: 'invalid', reasons: [reason], ...(named ? { certificate: named.raw } : {}) });
  try {
    const signature = signatureOf(document.root);
    if (!signature) return { verdict: 'absent', reasons: [] };
    mustHaveUniqueIds(document.root, signature);
    const parts = partsOf(signature);
    const certificate = (named = certificateIn(parts.keyInfo));
    const signingTime = signingTimeIn(parts.signedProperties);
    checkReferences(document, parts);
    must(certificate.publicKey.asymmetricKeyType === 'rsa', 'the key is not RSA');
    must(verify('RSA-SHA256', Buffer.from(exclusiveSubtree(parts.signedInfo)), certificate.publicKey, base64(parts.signatureValue)), 'the signature value does not hold');
    must(inForce(certificate, signingTime), "the signer's certificate was not in force at the signing time");
    return { ...standingOf(certificate, 'anchors' in trust ? trust : { anchors: trust }, signingTime), certificate: certificate.raw, signingTime: signingTime.toISOString() };
  } catch (failure) {
    return invalid(failure instanceof Invalid ? failure.message : 'the signature cannot be checked');
  }
}

/** The same over octets, which must be UTF-8. Never throws. */
export function verifySdiXades(xml: Buffer, trust: XadesTrust | readonly Buffer[]): XadesVerdict {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(xml);
  } catch {
    return { verdict: 'invalid', reasons: ['not UTF-8'] };
  }
  const parsed = parseXml(text);
  return parsed.ok ? verifySdiXadesTree(parsed.document, trust) : { verdict: 'invalid', reasons: [parsed.reason] };
}

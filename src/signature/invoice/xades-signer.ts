import type { KeyObject } from 'node:crypto';
import { XML_SIGNATURE_METHODS, xmlSignatureHolds, type XmlSignatureMethod } from '../xml/algorithms.js';
import { canonicalSubtree } from '../xml/c14n.js';
import { SIGNED_PROPERTIES_TYPE } from '../xml/names.js';
import { base64Of, digestOfElement, type DocumentDigests, isDs, readReference, type XmlReference } from '../xml/references.js';
import { namesCertificate, type SignedStatements, signedPropertiesOf, statementsOf } from '../xml/signed-properties.js';
import { canonicalFormOf } from '../xml/transforms.js';
import { attributeOf, childElements, type XmlElement } from '../xml/tree.js';
import type { Certificate } from '../x509/certificate.js';
import { readableCertificates } from '../x509/store.js';
import { certificateFacts, usableKey, weaknesses } from './certificate-facts.js';
import type { InvoiceSignature, SignatureFault } from './types.js';

export interface XmlSignatureSurroundings {
  readonly root: XmlElement;
  readonly ids: ReadonlyMap<string, XmlElement>;
  readonly digests: DocumentDigests;
}

/** Programs write two to four. */
const MAX_REFERENCES = 8;
const MAX_CERTIFICATES = 16;

interface Parts {
  readonly signedInfo: XmlElement;
  readonly canonicalization: XmlElement;
  readonly methodUri: string;
  readonly references: readonly XmlReference[];
  readonly value: Buffer;
  readonly certificates: readonly Certificate[];
}

/** The facts about one `ds:Signature` below the root. */
export function inspectXmlSignature(signature: XmlElement, surroundings: XmlSignatureSurroundings): InvoiceSignature {
  const fault = (kind: SignatureFault): InvoiceSignature => ({ form: 'xades', layer: 1, intact: false, fault: kind, signingCertificate: 'absent' });
  const parts = partsOf(signature);
  const properties = signedPropertiesOf(signature);
  if (!parts) return fault('unreadable');
  if ('fault' in properties) return fault(properties.fault);

  const bound = bind(parts.references, signature, properties.element, surroundings);
  const statements: SignedStatements = !('fault' in bound) && properties.element && bound.coversProperties ? statementsOf(properties.element) : { certificates: [] };
  const method = XML_SIGNATURE_METHODS.get(parts.methodUri);
  const certificate = certificateOf(parts, statements, method);
  const kind = 'fault' in bound ? bound.fault : faultOf(parts, bound, signature, method, certificate && usableKey(certificate), surroundings);
  const stated = 'fault' in bound ? undefined : bound.document;
  return {
    form: 'xades',
    layer: 1,
    intact: kind === undefined,
    ...(kind ? { fault: kind } : {}),
    ...(statements.signingTime ? { signingTime: statements.signingTime } : {}),
    signingCertificate: certificate ? namesCertificate(statements, certificate.der) : statements.certificates.length > 0 ? 'differs' : 'absent',
    ...(stated ? { digestAlgorithm: stated.digest ?? stated.digestUri } : {}),
    ...(method ? { scheme: method.scheme } : {}),
    ...(certificate ? { ...weaknesses([method?.digest, stated?.digest], certificate), certificate: certificateFacts(certificate) } : {}),
  };
}

function partsOf(signature: XmlElement): Parts | undefined {
  const [signedInfo, signatureValue, ...rest] = childElements(signature);
  if (!isDs(signedInfo, 'SignedInfo') || !isDs(signatureValue, 'SignatureValue')) return undefined;
  if (rest.some((element) => isDs(element, 'SignedInfo') || isDs(element, 'SignatureValue'))) return undefined;
  const [canonicalization, method, ...listed] = childElements(signedInfo);
  if (!isDs(canonicalization, 'CanonicalizationMethod') || !isDs(method, 'SignatureMethod') || childElements(method).length > 0) return undefined;
  const references = listed.length > MAX_REFERENCES ? [] : listed.map(readReference).filter((reference) => reference !== undefined);
  if (references.length === 0 || references.length !== listed.length) return undefined;
  const certificates = rest
    .filter((element) => isDs(element, 'KeyInfo'))
    .flatMap(childElements)
    .filter((element) => isDs(element, 'X509Data'))
    .flatMap(childElements)
    .filter((element) => isDs(element, 'X509Certificate'));
  return {
    signedInfo,
    canonicalization,
    methodUri: attributeOf(method, 'Algorithm') ?? '',
    references,
    value: base64Of(signatureValue),
    certificates: readableCertificates(certificates.slice(0, MAX_CERTIFICATES).map(base64Of)),
  };
}

interface Bound {
  readonly document: XmlReference;
  /** Whether the document is referred to by `URI=""`. */
  readonly whole: boolean;
  readonly inside: readonly { readonly reference: XmlReference; readonly target: XmlElement }[];
  readonly coversProperties: boolean;
}

/** What each reference points at: the document exactly once, and elements of this signature; anything else and it is not this document that was signed. */
function bind(references: readonly XmlReference[], signature: XmlElement, properties: XmlElement | undefined, { root, ids }: XmlSignatureSurroundings): Bound | { readonly fault: SignatureFault } {
  const documents: { readonly reference: XmlReference; readonly whole: boolean }[] = [];
  const inside: { readonly reference: XmlReference; readonly target: XmlElement }[] = [];
  for (const reference of references) {
    const target = reference.uri?.startsWith('#') ? ids.get(reference.uri.slice(1)) : undefined;
    if (reference.uri === '' || target === root) documents.push({ reference, whole: reference.uri === '' });
    else if (target && isBelow(target, signature)) inside.push({ reference, target });
    else return { fault: 'wrapped' };
  }
  const [document, ...others] = documents;
  const typed = inside.filter(({ reference }) => reference.type === SIGNED_PROPERTIES_TYPE);
  if (!document || others.length > 0 || document.reference.type === SIGNED_PROPERTIES_TYPE) return { fault: 'wrapped' };
  if (typed.length > 1 || typed.some(({ target }) => target !== properties)) return { fault: 'wrapped' };
  return { document: document.reference, whole: document.whole, inside, coversProperties: typed.length === 1 };
}

const isBelow = (element: XmlElement | undefined, ancestor: XmlElement): boolean => element !== undefined && (element.parent === ancestor || isBelow(element.parent, ancestor));

function faultOf(parts: Parts, { document, whole, inside }: Bound, signature: XmlElement, method: XmlSignatureMethod | undefined, key: KeyObject | undefined, { digests }: XmlSignatureSurroundings): SignatureFault | undefined {
  const form = canonicalFormOf(parts.canonicalization);
  const { transformation, digest } = document;
  if (!form || !method || !transformation || !digest || transformation.without === 'nothing') return 'unsupported-algorithm';
  let partsChanged = false;
  for (const { reference, target } of inside) {
    if (!reference.digest || !reference.transformation || reference.transformation.without !== 'nothing') return 'unsupported-algorithm';
    partsChanged ||= !digestOfElement(target, reference.transformation, reference.digest).equals(reference.value);
  }
  const documentChanged = !digests.of(signature, transformation, whole, digest).equals(document.value);
  if (!key) return documentChanged ? 'digest-mismatch' : parts.certificates.length > 0 ? 'unsupported-algorithm' : 'no-certificate';
  if (partsChanged || !xmlSignatureHolds(method, Buffer.from(canonicalSubtree(parts.signedInfo, form)), parts.value, key)) return 'signature-mismatch';
  return documentChanged ? 'digest-mismatch' : undefined;
}

/** The certificate that the signed properties name; else the one whose key made the signature; else the first. */
function certificateOf(parts: Parts, statements: SignedStatements, method: XmlSignatureMethod | undefined): Certificate | undefined {
  const { certificates } = parts;
  if (certificates.length < 2) return certificates[0];
  const named = certificates.find(({ der }) => namesCertificate(statements, der) === 'matches');
  if (named) return named;
  const form = canonicalFormOf(parts.canonicalization);
  const signed = form && Buffer.from(canonicalSubtree(parts.signedInfo, form));
  const made = certificates.find((certificate) => {
    const key = usableKey(certificate);
    return signed && method && key && xmlSignatureHolds(method, signed, parts.value, key);
  });
  return made ?? certificates[0];
}

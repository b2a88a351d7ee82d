import { createHash } from 'node:crypto';
import type { DigestName } from '../asn1/algorithms.js';
import { XML_DIGESTS } from './algorithms.js';
import { canonicalDocument, canonicalSubtree } from './c14n.js';
import { DS } from './names.js';
import { type Transformation, transformationOf } from './transforms.js';
import { attributeOf, childElements, textOf, type XmlDocument, type XmlElement } from './tree.js';

/** What one `ds:Reference` says, not computed yet. */
export interface XmlReference {
  readonly uri: string | undefined;
  readonly type: string | undefined;
  /** Undefined: not understood. */
  readonly transformation: Transformation | undefined;
  readonly digestUri: string;
  readonly digest: DigestName | undefined;
  readonly value: Buffer;
}

export const isDs = (element: XmlElement | undefined, local: string): element is XmlElement => element?.namespace === DS && element.local === local;
export const base64Of = (element: XmlElement): Buffer => Buffer.from(textOf(element).replace(/\s+/g, ''), 'base64');

/** Undefined when it has not the shape of the schema. */
export function readReference(element: XmlElement): XmlReference | undefined {
  const children = childElements(element);
  const transforms = isDs(children[0], 'Transforms') ? children.shift() : undefined;
  const [method, value, ...more] = children;
  if (!isDs(element, 'Reference') || !isDs(method, 'DigestMethod') || !isDs(value, 'DigestValue') || more.length > 0) return undefined;
  const digestUri = attributeOf(method, 'Algorithm') ?? '';
  return { uri: attributeOf(element, 'URI'), type: attributeOf(element, 'Type'), transformation: transformationOf(transforms), digestUri, digest: XML_DIGESTS.get(digestUri), value: base64Of(value) };
}

/** Digests of a document, each computed once however many signatures ask for it. */
export class DocumentDigests {
  readonly #known = new Map<string, Buffer>();

  constructor(private readonly document: XmlDocument) {}

  /** @param whole with what stands before and behind the root (`URI=""`), else the root alone (`URI="#id"`) */
  of(signature: XmlElement, { without, form }: Transformation, whole: boolean, digest: DigestName): Buffer {
    const omit = (element: XmlElement): boolean => (without === 'this' ? element === signature : without === 'all' && isDs(element, 'Signature'));
    const compute = (): Buffer => {
      // A same-document reference selects no comments, so none are written whatever the form says (XML Signature 4.4.3.3).
      const plain = { ...form, comments: false };
      const canonical = whole ? canonicalDocument(this.document, omit, plain) : canonicalSubtree(this.document.root, plain, omit);
      return createHash(digest).update(canonical, 'utf8').digest();
    };
    if (without !== 'all') return compute();
    const key = JSON.stringify([form, whole, digest]);
    const known = this.#known.get(key) ?? compute();
    this.#known.set(key, known);
    return known;
  }
}

/** The digest of an element inside the signature. */
export const digestOfElement = (element: XmlElement, { form }: Transformation, digest: DigestName): Buffer =>
  createHash(digest)
    .update(canonicalSubtree(element, { ...form, comments: false }), 'utf8')
    .digest();

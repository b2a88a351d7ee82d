import { CANONICAL_FORMS } from './algorithms.js';
import type { CanonicalForm } from './c14n.js';
import { DS, ENVELOPED, EXCLUSIVE_C14N, FILTER2, XPATH } from './names.js';
import { attributeOf, childElements, textOf, type XmlElement } from './tree.js';

/** What the transforms of a reference amount to. */
export interface Transformation {
  /** Which signatures are cut away: the one that is being verified, every one, or none. */
  readonly without: 'nothing' | 'this' | 'all';
  readonly form: CanonicalForm;
}

/**
 * The XPath expressions with which programs take the signature out of the document: nothing else is evaluated, so an expression cannot choose what was signed.
 * `P` stands for the prefix of XML Signature. EU DSS writes the first, SdI and the Italian signing programs the second (sdi.md 4.6); the last is the specification's own (6.6.4).
 */
const EXPRESSIONS: readonly { readonly algorithm: string; readonly filter?: string; readonly expression: string; readonly without: 'this' | 'all' }[] = [
  { algorithm: XPATH, expression: 'not(ancestor-or-self::P:Signature)', without: 'all' },
  { algorithm: FILTER2, filter: 'subtract', expression: '/descendant::P:Signature', without: 'all' },
  { algorithm: FILTER2, filter: 'subtract', expression: '//P:Signature', without: 'all' },
  { algorithm: FILTER2, filter: 'subtract', expression: 'here()/ancestor::P:Signature[1]', without: 'this' },
  { algorithm: XPATH, expression: 'count(ancestor-or-self::P:Signature|here()/ancestor::P:Signature[1])>count(ancestor-or-self::P:Signature)', without: 'this' },
];

/** Without Transforms: Canonical XML 1.0 without comments (XML Signature 4.4.3.2). */
const UNTOUCHED: Transformation = { without: 'nothing', form: { exclusive: false } };
const MAX_TRANSFORMS = 5;

/** The form that a CanonicalizationMethod or a Transform names, with its PrefixList; undefined when it is none that is understood. */
export function canonicalFormOf(method: XmlElement): CanonicalForm | undefined {
  const form = CANONICAL_FORMS.get(attributeOf(method, 'Algorithm') ?? '');
  const [inclusive, ...more] = childElements(method);
  if (!form || !inclusive) return form;
  if (!form.exclusive || more.length > 0 || inclusive.local !== 'InclusiveNamespaces' || inclusive.namespace !== EXCLUSIVE_C14N) return undefined;
  const prefixes = (attributeOf(inclusive, 'PrefixList') ?? '').split(/\s+/).filter((prefix) => prefix !== '');
  return { ...form, inclusivePrefixes: prefixes.map((prefix) => (prefix === '#default' ? '' : prefix)) };
}

/** What `ds:Transforms` amount to; undefined when one of them is not on the list, or stands where it has no meaning. */
export function transformationOf(transforms: XmlElement | undefined): Transformation | undefined {
  if (!transforms) return UNTOUCHED;
  const list = childElements(transforms);
  if (list.length === 0 || list.length > MAX_TRANSFORMS || list.some((transform) => transform.namespace !== DS || transform.local !== 'Transform')) return undefined;
  let without: Transformation['without'] = 'nothing';
  let form: CanonicalForm | undefined;
  for (const transform of list) {
    // Octets come out of a canonicalisation: nothing may follow it.
    if (form) return undefined;
    const cut = cutOf(transform);
    if (cut) without = cut === 'all' ? 'all' : without === 'nothing' ? 'this' : without;
    else if (!(form = canonicalFormOf(transform))) return undefined;
  }
  return { without, form: form ?? UNTOUCHED.form };
}

function cutOf(transform: XmlElement): 'this' | 'all' | undefined {
  const algorithm = attributeOf(transform, 'Algorithm');
  const children = childElements(transform);
  const [xpath] = children;
  if (algorithm === ENVELOPED) return children.length === 0 ? 'this' : undefined;
  if (!xpath || children.length > 1 || xpath.local !== 'XPath' || xpath.namespace !== (algorithm === FILTER2 ? FILTER2 : DS) || childElements(xpath).length > 0) return undefined;
  const written = textOf(xpath).replace(/\s+/g, '');
  const prefix = /([A-Za-z_][\w.-]*):Signature/.exec(written)?.[1];
  if (prefix === undefined || namespaceAt(xpath, prefix) !== DS) return undefined;
  const plain = written.split(`${prefix}:Signature`).join('P:Signature');
  return EXPRESSIONS.find((entry) => entry.algorithm === algorithm && entry.expression === plain && (entry.filter === undefined || attributeOf(xpath, 'Filter') === entry.filter))?.without;
}

/** The namespace that a prefix stands for at an element. */
export function namespaceAt(element: XmlElement | undefined, prefix: string): string | undefined {
  return element ? (element.declarations.get(prefix) ?? namespaceAt(element.parent, prefix)) : undefined;
}

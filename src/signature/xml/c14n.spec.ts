import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalDocument, canonicalSubtree, exclusiveSubtree } from './c14n.js';
import { elementsOf, parseXml, type XmlDocument, type XmlElement } from './tree.js';

const parse = (xml: string): XmlDocument => {
  const parsed = parseXml(xml);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.document;
};
const find = (document: XmlDocument, local: string): XmlElement => [...elementsOf(document.root)].find((element) => element.local === local)!;

describe('Canonical XML by hand', () => {
  it('keeps, drops and orders what the specification says', () => {
    const xml =
      '<?xml version="1.0"?><?b  c ?>\r\n<!-- x --><r:a xmlns:z="urn:z" xmlns:r="urn:r" z:b="1" b=\'2\' a="&#9;&quot;&lt;&#13;">\r\n<![CDATA[<&]]>&gt;&#13;<c xmlns:r="urn:r"/><!-- y --><d xmlns="urn:d"><e xmlns=""/></d></r:a><?f?>';
    expect(canonicalDocument(parse(xml))).toBe(
      '<?b c ?>\n<r:a xmlns:r="urn:r" xmlns:z="urn:z" a="&#x9;&quot;&lt;&#xD;" b="2" z:b="1">\n&lt;&amp;&gt;&#xD;<c></c><d xmlns="urn:d"><e xmlns=""></e></d></r:a>\n<?f?>',
    );
  });

  it('omits a subtree and keeps the text around it', () => {
    expect(canonicalDocument(parse('<a> <b/>\n<c><d/></c>\t</a>'), (element) => element.local === 'c')).toBe('<a> <b></b>\n\t</a>');
  });

  it('brings the namespaces and xml: attributes of the ancestors of a subtree, exclusively only what it uses', () => {
    const document = parse('<a xmlns="urn:d" xmlns:p="urn:p" xml:lang="it" xml:space="preserve"><q:b xmlns:q="urn:q" xml:lang="en"><c q:x="1"/></q:b></a>');
    expect(canonicalSubtree(find(document, 'b'))).toBe('<q:b xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q" xml:lang="en" xml:space="preserve"><c q:x="1"></c></q:b>');
    expect(exclusiveSubtree(find(document, 'b'))).toBe('<q:b xmlns:q="urn:q" xml:lang="en"><c xmlns="urn:d" q:x="1"></c></q:b>');
  });
});

/** A random tree as text: a few prefixes, declared again and again, with odd characters in text and attributes. */
const text = fc.stringMatching(/^[a-z àè€"'\t\n>]{0,6}$/).map((value) => value.replaceAll('>', '&gt;').replaceAll('"', '&quot;'));
const declaration = fc.constantFrom('', ' xmlns="urn:0"', ' xmlns=""', ' xmlns:p="urn:1"', ' xmlns:q="urn:2"', ' xmlns:p="urn:3" xmlns:q="urn:1"');
const attribute = fc.tuple(fc.constantFrom('', ' b', ' p:b', ' q:a', ' a', ' xml:lang'), text).map(([name, value]) => (name === '' ? '' : `${name}="${value}"`));
const { element } = fc.letrec((tie) => ({
  element: fc
    .tuple(fc.constantFrom('a', 'p:a', 'q:c', 'd'), declaration, attribute, fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'tree' }))
    .map(([name, declared, attributes, children]) => `<${name}${declared}${attributes}>${children.join('')}</${name}>`),
  node: fc.oneof({ depthSize: 'small', depthIdentifier: 'tree' }, text, fc.constantFrom('<!-- c -->', '<?pi  x ?>', '<![CDATA[<&]]>', '&#13;'), tie('element')),
}));

describe('against libxml2', () => {
  let libxml2: typeof import('libxml2-wasm', { with: { 'resolution-mode': 'import' } });
  beforeAll(async () => {
    libxml2 = await import('libxml2-wasm');
  });

  it('property: the same octets for any document and any subtree, inclusive and exclusive', () => {
    fc.assert(
      fc.property(element as fc.Arbitrary<string>, (inner) => {
        const xml = `<?x y?><root xmlns:p="urn:p" xmlns:q="urn:q" xml:space="preserve">${inner}</root>`;
        const ours = parse(xml);
        const theirs = libxml2.XmlDocument.fromString(xml);
        try {
          expect(canonicalDocument(ours)).toBe(theirs.canonicalizeToString({ mode: libxml2.XmlC14NMode.XML_C14N_1_0 }));
          const target = ours.root.children.find((child) => child.kind === 'element')!;
          const node = theirs.get('/root/*[1]') as import('libxml2-wasm', { with: { 'resolution-mode': 'import' } }).XmlElement;
          expect(exclusiveSubtree(target)).toBe(node.canonicalizeToString({ mode: libxml2.XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }));
          expect(canonicalSubtree(target)).toBe(node.canonicalizeToString({ mode: libxml2.XmlC14NMode.XML_C14N_1_0 }));
        } finally {
          theirs.dispose();
        }
      }),
      { numRuns: 1000 },
    );
  });
});

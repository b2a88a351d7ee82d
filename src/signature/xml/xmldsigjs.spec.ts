import { webcrypto } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DOMParser, type Document, type Element } from '@xmldom/xmldom';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Application, CryptoConfig, SignedXml, Transform, XmlCanonicalizer } from 'xmldsigjs';
import { type CertifiedKey, makeCertificate } from '../x509/make.js';
import { canonicalDocument, exclusiveSubtree } from './c14n.js';
import { DS, FILTER2 } from './names.js';
import { signSdiXades } from './sign.js';
import { elementsOf, parseXml, type XmlDocument } from './tree.js';
import { verifySdiXades } from './verify.js';

/** Another signature library, over another parser, held against ours: two that agree are unlikely to be wrong in the same way. */
const SAMPLES = path.resolve(__dirname, '../../../../shared/corpus/official/samples');
const messages = (existsSync(SAMPLES) ? readdirSync(SAMPLES) : [])
  .filter((folder) => folder.startsWith('messages-'))
  .flatMap((folder) => readdirSync(path.join(SAMPLES, folder)).filter((name) => name.endsWith('.xml')).map((name) => path.join(folder, name)));

const ours = (xml: string): XmlDocument => {
  const parsed = parseXml(xml);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.document;
};
const theirs = (xml: string): Document =>
  new DOMParser({
    onError: (_level, message) => {
      throw new Error(message);
    },
  }).parseFromString(xml, 'text/xml');
const canonical = (node: Document | Element, exclusive: boolean): string => new XmlCanonicalizer(false, exclusive).Canonicalize(node);
const signaturesIn = (document: Document): Element[] => [...document.getElementsByTagNameNS(DS, 'Signature')];

/** Both forms over one text: the document inclusively, every SignedInfo exclusively. Returns how many of these there were. */
function compare(xml: string): number {
  const [tree, dom] = [ours(xml), theirs(xml)];
  expect(canonicalDocument(tree)).toBe(canonical(dom, false));
  const infos = [...elementsOf(tree.root)].filter(({ namespace, local }) => namespace === DS && local === 'SignedInfo');
  const nodes = [...dom.getElementsByTagNameNS(DS, 'SignedInfo')];
  expect(infos.map(exclusiveSubtree)).toEqual(nodes.map((node) => canonical(node, true)));
  return infos.length;
}

/** The one transform of SdI's signatures (sdi.md 4.6), which xmldsigjs lacks. */
class SubtractSignatures extends Transform {
  override Algorithm = FILTER2;

  override GetOutput(): string {
    const document = this.innerXml as Document;
    for (const signature of signaturesIn(document)) signature.parentNode?.removeChild(signature);
    return canonical(document, false);
  }
}

/** All three digests and the signature's value, with the key of the certificate in KeyInfo. */
async function verifies(xml: string): Promise<boolean> {
  const document = theirs(xml);
  const signed = new SignedXml(document);
  signed.LoadXml(signaturesIn(document)[0]);
  try {
    return await signed.Verify({ content: document });
  } catch {
    return false;
  }
}

const message = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="RC_v1.0.xsl"?>
<types:RicevutaConsegna xmlns:types="http://www.fatturapa.gov.it/sdi/messaggi/v1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" versione="1.0">
  <IdentificativoSdI>111</IdentificativoSdI>${body}<Note>perché "sì" &amp; &lt;no&gt;</Note>
</types:RicevutaConsegna>`;

/** Random content with prefixes and default namespaces declared again and again, odd characters, CDATA, comments and instructions. */
const text = fc.stringMatching(/^[a-z àè€"'\t\n>]{0,6}$/).map((value) => value.replaceAll('>', '&gt;').replaceAll('"', '&quot;'));
const declaration = fc.constantFrom('', ' xmlns="urn:0"', ' xmlns="urn:9"', ' xmlns:p="urn:1"', ' xmlns:q="urn:2"', ' xmlns:p="urn:3" xmlns:q="urn:1"');
const attribute = fc.tuple(fc.constantFrom('', ' b', ' p:b', ' q:a', ' a', ' xml:lang'), text).map(([name, value]) => (name === '' ? '' : `${name}="${value}"`));
const { element } = fc.letrec<{ element: string; node: string }>((tie) => ({
  element: fc
    .tuple(fc.constantFrom('a', 'p:a', 'q:c', 'ds:SignedInfo'), declaration, attribute, fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'tree' }))
    .map(([name, declared, attributes, children]) => `<${name}${declared}${attributes}>${children.join('')}</${name}>`),
  node: fc.oneof({ depthSize: 'small', depthIdentifier: 'tree' }, text, fc.constantFrom('<!-- c -->', '<?pi  x ?>', '<![CDATA[<&]]>', '&#13;'), tie('element')),
}));

let signer: CertifiedKey;
beforeAll(async () => {
  Application.setEngine('Node', { subtle: webcrypto.subtle });
  CryptoConfig.RegisterTransform(FILTER2, SubtractSignatures);
  signer = await makeCertificate({ profile: 'signer', subject: { commonName: 'Sistema Interscambio Fattura PA' }, notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2029-01-01T00:00:00Z') });
});
const sign = (xml: string): string => signSdiXades(xml, { privateKey: signer.privateKey, certificate: signer.certificate, signingTime: new Date('2026-03-01T10:00:00Z') });

describe('xmldsigjs agrees', () => {
  it('on what we sign: its canonical form, its digests and its value', async () => {
    const signed = sign(message(''));
    expect(compare(signed)).toBe(1);
    expect(await verifies(signed)).toBe(true);
    const at = signed.indexOf('<ds:SignatureValue') + 50;
    const changes = [signed.replace('>111<', '>112<'), signed.replace('RC_v1.0.xsl', 'RC_v1.1.xsl'), signed.replace('2026-03-01T10', '2026-03-01T11'), signed.slice(0, at) + (signed[at] === 'A' ? 'B' : 'A') + signed.slice(at + 1)];
    expect(await Promise.all(changes.map(verifies))).toEqual([false, false, false, false]);
  });

  it('property: on any document, as a whole and part by part', () => {
    fc.assert(
      fc.property(element, (inner) => void compare(`<?x y?>\n<root xmlns:p="urn:p" xmlns:q="urn:q" xmlns:ds="${DS}" xml:space="preserve">${inner}</root>\n<?z?>`)),
      { numRuns: 500 },
    );
  });

  it('property: on the signature of any document', async () => {
    await fc.assert(
      fc.asyncProperty(element, async (inner) => {
        fc.pre(!inner.includes('ds:'));
        expect(await verifies(sign(message(`<x xmlns:p="urn:p" xmlns:q="urn:q">${inner}</x>`)))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  // Why it is the oracle and not the workman: libxml2 and we write neither (REC-xml-c14n-20010315 2.3).
  it.each([
    ['an empty default namespace where none was in force', '<a><b xmlns=""></b></a>', '<a><b></b></a>'],
    ['a namespace whose name must be escaped', '<p:a xmlns:p="urn:a&amp;b"></p:a>', '<p:a xmlns:p="urn:a&amp;b"></p:a>'],
  ])('but not on %s', (_, xml, right) => {
    expect(canonicalDocument(ours(xml))).toBe(right);
    expect(canonical(theirs(xml), false)).not.toBe(right);
  });
});

describe.skipIf(messages.length === 0)('xmldsigjs agrees on real messages of SdI (skipped without the corpus)', () => {
  it.each(messages)('%s', async (file) => {
    const xml = readFileSync(path.join(SAMPLES, file), 'utf8');
    const { verdict } = verifySdiXades(Buffer.from(xml), []);
    expect(compare(xml)).toBe(verdict === 'absent' ? 0 : 1);
    if (verdict !== 'absent') expect(await verifies(xml)).toBe(verdict === 'intact');
  });
});

import { any, choice, type ComplexType, element, Machine, sequence } from './model.js';

export const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';

const id = { Id: { type: 'ID' } } as const;
const algorithm = { Algorithm: { type: 'anyURI', required: true } } as const;
const base64 = (name: string, times: '' | '?' = '') => element(name, times, 'base64Binary');

/** The schema of XML Signature (xmldsig-core-schema, W3C 2002), as the official schemas import it. An enveloped signature is judged by it. */
const TYPES: Readonly<Record<string, ComplexType>> = {
  Signature: { content: sequence('', element('SignedInfo'), element('SignatureValue'), element('KeyInfo', '?'), element('Object', '*')), attributes: id },
  SignatureValue: { simple: 'base64Binary', attributes: id },
  SignedInfo: { content: sequence('', element('CanonicalizationMethod'), element('SignatureMethod'), element('Reference', '+')), attributes: id },
  CanonicalizationMethod: { mixed: true, content: any('any', 'strict', '*'), attributes: algorithm },
  SignatureMethod: { mixed: true, content: sequence('', element('HMACOutputLength', '?', 'integer'), any('other', 'strict', '*')), attributes: algorithm },
  Reference: {
    content: sequence('', element('Transforms', '?'), element('DigestMethod'), element('DigestValue')),
    attributes: { ...id, URI: { type: 'anyURI' }, Type: { type: 'anyURI' } },
  },
  Transforms: { content: element('Transform', '+') },
  Transform: { mixed: true, content: choice('*', any('other', 'lax'), element('XPath', '', 'string')), attributes: algorithm },
  DigestMethod: { mixed: true, content: any('other', 'lax', '*'), attributes: algorithm },
  DigestValue: { simple: 'base64Binary' },
  KeyInfo: {
    mixed: true,
    content: choice('+', element('KeyName'), element('KeyValue'), element('RetrievalMethod'), element('X509Data'), element('PGPData'), element('SPKIData'), element('MgmtData'), any('other', 'lax')),
    attributes: id,
  },
  KeyName: { simple: 'string' },
  MgmtData: { simple: 'string' },
  KeyValue: { mixed: true, content: choice('', element('DSAKeyValue'), element('RSAKeyValue'), any('other', 'lax')) },
  RetrievalMethod: { content: element('Transforms', '?'), attributes: { URI: { type: 'anyURI' }, Type: { type: 'anyURI' } } },
  X509Data: { content: choice('+', element('X509IssuerSerial'), base64('X509SKI'), element('X509SubjectName', '', 'string'), base64('X509Certificate'), base64('X509CRL'), any('other', 'lax')) },
  X509IssuerSerial: { content: sequence('', element('X509IssuerName', '', 'string'), element('X509SerialNumber', '', 'integer')) },
  PGPData: {
    content: choice('', sequence('', base64('PGPKeyID'), base64('PGPKeyPacket', '?'), any('other', 'lax', '*')), sequence('', base64('PGPKeyPacket'), any('other', 'lax', '*'))),
  },
  SPKIData: { content: sequence('+', base64('SPKISexp'), any('other', 'lax', '?')) },
  Object: { mixed: true, content: any('any', 'lax', '*'), attributes: { ...id, MimeType: { type: 'string' }, Encoding: { type: 'anyURI' } } },
  Manifest: { content: element('Reference', '+'), attributes: id },
  SignatureProperties: { content: element('SignatureProperty', '+'), attributes: id },
  SignatureProperty: { mixed: true, content: any('other', 'lax', '+'), attributes: { ...id, Target: { type: 'anyURI', required: true } } },
  DSAKeyValue: {
    content: sequence('', sequence('?', base64('P'), base64('Q')), base64('G', '?'), base64('Y'), base64('J', '?'), sequence('?', base64('Seed'), base64('PgenCounter'))),
  },
  RSAKeyValue: { content: sequence('', base64('Modulus'), base64('Exponent')) },
  string: { simple: 'string' },
  base64Binary: { simple: 'base64Binary' },
  integer: { simple: 'integer' },
};

/** Types of elements that stand in others only. */
const LOCAL = new Set(['X509IssuerSerial', 'string', 'base64Binary', 'integer']);

export interface SignatureType extends ComplexType {
  readonly machine: Machine | undefined;
}

const READY: ReadonlyMap<string, SignatureType> = new Map(Object.entries(TYPES).map(([name, type]) => [name, { ...type, machine: type.content && new Machine(type.content) }]));

export const typeNamed = (name: string): SignatureType | undefined => READY.get(name);

/** The type of an element that may stand wherever a wildcard lets it. */
export const globalType = (name: string): SignatureType | undefined => (LOCAL.has(name) ? undefined : READY.get(name));

import { inspectP7m, inspectXades, keySigner, makeCertificate, signCades, signXades } from '../../src/signature/index.js';
import { canonicalDocument } from '../../src/signature/xml/c14n.js';
import { decodeXml } from '../../src/signature/xml/decode.js';
import { parseXml } from '../../src/signature/xml/tree.js';

/** Octets that a fuzzer mutates, and what must hold of whatever comes of them. */
export interface ByteTarget {
  readonly name: string;
  /** Files to begin with. */
  readonly seeds: () => Promise<readonly Buffer[]>;
  /** @throws Error that says what is wrong; no verdict at all is wrong too */
  readonly check: (bytes: Buffer) => void;
}

const IN_FORCE = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
const options = { signingTime: new Date('2026-11-03T09:15:02Z') };
const LINE = '    <DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Società "è"</Descrizione><PrezzoTotale>10.00</PrezzoTotale></DettaglioLinee>\n';
const INVOICE = `<?xml version="1.0" encoding="UTF-8"?>\n<p:FatturaElettronica versione="FPR12" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">\n  <FatturaElettronicaBody>\n${LINE.repeat(20)}  </FatturaElettronicaBody>\n</p:FatturaElettronica>\n`;

async function signers() {
  const authority = await makeCertificate({ profile: 'ca', keyType: 'ec-p256', subject: { commonName: 'CA di prova' }, ...IN_FORCE });
  const make = async (keyType: 'rsa-2048' | 'ec-p256') => keySigner({ ...(await makeCertificate({ profile: 'signer', keyType, subject: { commonName: 'Prova' }, issuer: authority, ...IN_FORCE })), chain: [authority.certificate] });
  return { rsa: await make('rsa-2048'), ec: await make('ec-p256') };
}

const indefinite = (first: number, ...parts: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from([first, 0x80]), ...parts, Buffer.alloc(2)]);
const inLines = (octets: Buffer): Buffer => Buffer.from((octets.toString('base64').match(/.{1,64}/g) ?? []).join('\r\n'));

let known: ReadonlySet<string> = new Set();

/** What is called intact must be what was signed, whatever happened around it. */
export const P7M: ByteTarget = {
  name: 'p7m',
  seeds: async () => {
    const { rsa, ec } = await signers();
    const content = Buffer.from(INVOICE);
    const [one, other] = [await signCades(content, rsa, options), await signCades(content, ec, options)];
    const nested = await signCades(inLines(other), rsa, options);
    known = new Set([content, inLines(other)].map((octets) => octets.toString('base64')));
    // The outermost levels without lengths, as software writes that signs while it reads.
    const header = one.subarray(0, 19);
    const streamed = header[0] === 0x30 ? indefinite(0x30, one.subarray(4, 15), indefinite(0xa0, one.subarray(19))) : one;
    return [one, other, nested, inLines(one), Buffer.from(`-----BEGIN PKCS7-----\n${other.toString('base64')}\n-----END PKCS7-----\n`), streamed];
  },
  check: (bytes) => {
    const found = inspectP7m(bytes);
    if (!found.ok) {
      if (found.text.it === '' || found.text.en === '') throw new Error('a refusal without words');
      return;
    }
    const { signatures } = found.signatures;
    if (signatures.length === 0) throw new Error('opened, and nothing said of signatures');
    if (signatures.every(({ intact }) => intact) && !known.has(found.content.toString('base64'))) throw new Error('called intact, and not what was signed');
  },
};

/** What a document says, less its signatures. */
function canonical(bytes: Buffer): string {
  const decoded = decodeXml(bytes);
  const parsed = decoded && parseXml(decoded.text);
  return parsed?.ok ? canonicalDocument(parsed.document, ({ local }) => local === 'Signature') : '';
}

let documents: ReadonlySet<string> = new Set();

/** As for {@link P7M}: a document that is called intact says what it was signed with. */
export const XADES: ByteTarget = {
  name: 'xades',
  seeds: async () => {
    const { rsa, ec } = await signers();
    const latin1 = Buffer.from(INVOICE.replace('UTF-8', 'ISO-8859-1'), 'latin1');
    documents = new Set([Buffer.from(INVOICE), latin1].map(canonical));
    return [await signXades(Buffer.from(INVOICE), rsa, options), await signXades(latin1, ec, options)];
  },
  check: (bytes) => {
    const found = inspectXades(bytes);
    if ((found.form === 'none') !== (found.signatures.length === 0)) throw new Error('form and signatures contradict each other');
    for (const { intact, fault } of found.signatures) if (intact === (fault !== undefined)) throw new Error('intact and fault contradict each other');
    if (found.form === 'xades' && found.signatures.every(({ intact }) => intact) && !documents.has(canonical(bytes))) throw new Error('called intact, and not what was signed');
  },
};

export const SIGNATURE_TARGETS: readonly ByteTarget[] = [P7M, XADES];

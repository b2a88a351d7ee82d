import { readInvoice } from '../../../fatturapa/index.js';
import type { InvoiceHead, Party } from '../../../fatturapa/types.js';
import { flowOf } from '../../../sdi/index.js';
import { inspectP7m } from '../../../signature/index.js';
import { invoiceMediaType, signaturesOf } from '../format/derive.js';
import type { Text } from '../format/text.js';
import type { OpenBundle } from './open.js';
import type { Findings } from './report.js';

/** The invoice is what the bundle says of it, and its own signatures hold. */
export function checkInvoice({ invoice, files }: OpenBundle, findings: Findings): void {
  const octets = files.get(invoice.file) as Buffer;
  findings.proves(invoice.file, {
    it: `È il file ${invoice.fileName}, byte per byte, come è stato inviato al SdI (SHA-256 ${invoice.sha256}).`,
    en: `It is the file ${invoice.fileName}, byte for byte, as it was sent to SdI (SHA-256 ${invoice.sha256}).`,
  });
  if (invoice.original) findings.proves(invoice.original.file, { it: 'È ciò che Corriere ha ricevuto, byte per byte, prima di comporre o firmare il file inviato.', en: 'It is what Corriere received, byte for byte, before it built or signed the file that was sent.' });

  const opened = inspectP7m(octets);
  if (invoice.mediaType !== invoiceMediaType(invoice.fileName) || opened.ok !== (invoice.mediaType === 'application/pkcs7-mime')) findings.problem('invoice.json', 'other-data', otherData('mediaType', invoice.mediaType, opened.ok ? 'application/pkcs7-mime' : 'application/xml'));
  const content = opened.ok ? opened.content : octets;
  const reading = readInvoice(content);
  if (!reading.ok) findings.remark(invoice.file, 'unreadable', { it: 'il file non si legge come fattura: i dati in invoice.json non sono stati confrontati', en: 'the file cannot be read as an invoice: the data in invoice.json were not compared' });
  else for (const [name, is, stands] of differences(reading.head, invoice)) findings.problem('invoice.json', 'other-data', otherData(name, is, stands));

  if (invoice.original && opened.ok && invoice.original.mediaType === 'application/xml') {
    const came = files.get(invoice.original.file) as Buffer;
    if (!came.equals(content)) findings.problem(invoice.file, 'other-content', { it: 'il file firmato non contiene ciò che è stato ricevuto', en: 'the signed file does not hold what was received' });
  }
  for (const { intact, fault, certificate, signingTime } of signaturesOf(octets).signatures) {
    if (!intact) findings.problem(invoice.file, 'signature', { it: `la firma sulla fattura non è integra (${fault ?? '?'})`, en: `the signature on the invoice is not intact (${fault ?? '?'})` });
    else {
      findings.signature(invoice.file, { kind: 'invoice', by: certificate?.subject ?? '?', at: signingTime?.toISOString() ?? null, basis: 'none', authority: certificate?.issuer ?? null, fingerprint: null, named: null });
      findings.proves(invoice.file, { it: `La firma di ${certificate?.subject ?? '?'} è integra; l’autorità che ha emesso il certificato non è stata verificata.`, en: `The signature of ${certificate?.subject ?? '?'} is intact; the authority that issued its certificate was not checked.` });
    }
  }
}

const idOf = (party: Party): string => (party.idCodice !== undefined ? `${party.idPaese ?? ''}${party.idCodice}` : (party.codiceFiscale ?? ''));

/** Each datum of `invoice.json` that the file itself states: name, what the bundle says, what stands in the file. */
function differences(head: InvoiceHead, invoice: OpenBundle['invoice']): (readonly [string, string, string])[] {
  const [first] = head.documents;
  const documents = (list: readonly { readonly position: number; readonly tipoDocumento: string; readonly numero: string; readonly data: string; readonly divisa?: string | null }[]): string => list.map(({ position, tipoDocumento, numero, data, divisa }) => `${position} ${tipoDocumento} ${numero} ${data} ${divisa ?? ''}`).join('; ');
  const { idPaese, idCodice } = invoice.company.transmitter;
  const pairs: readonly (readonly [string, string, string])[] = [
    ['formatoTrasmissione', invoice.formatoTrasmissione, head.formatoTrasmissione],
    ['flow', invoice.flow, flowOf(head.formatoTrasmissione)],
    ['codiceDestinatario', invoice.codiceDestinatario, head.codiceDestinatario],
    ['transmitter', `${idPaese}${idCodice}`, `${head.idTrasmittente.idPaese}${head.idTrasmittente.idCodice}`],
    ['seller', `${invoice.seller.name} ${invoice.seller.id ?? ''}`, `${head.cedentePrestatore.name} ${idOf(head.cedentePrestatore)}`],
    ['buyer', `${invoice.buyer.name} ${invoice.buyer.id ?? ''}`, `${head.cessionarioCommittente.name} ${idOf(head.cessionarioCommittente)}`],
    ['number', invoice.number, first?.numero ?? ''],
    ['date', invoice.date, first?.data ?? ''],
    ['currency', invoice.currency ?? '', first?.divisa ?? ''],
    ['documents', documents(invoice.documents), documents(head.documents)],
    // Amounts that the database cannot hold are not in the bundle either.
    ...[invoice.total, ...invoice.documents.map((document) => document.importoTotaleDocumento)].flatMap((amount, index) => {
      const stated = head.documents[Math.max(0, index - 1)]?.importoTotaleDocumento;
      return amount === null ? [] : [['total', cents(amount), cents(stated ?? '')] as const];
    }),
  ];
  return pairs.filter(([, is, stands]) => is !== stands);
}

/** An amount with two decimals, so that 10.5 and 10.50 are one. */
function cents(amount: string): string {
  const [whole = '', fraction = ''] = amount.replace(/^(-?)0+(?=\d)/, '$1').split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

const otherData = (name: string, is: string, stands: string): Text => ({ it: `${name}: il fascicolo dice «${is.slice(0, 200)}», nel file sta «${stands.slice(0, 200)}»`, en: `${name}: the bundle says “${is.slice(0, 200)}”, the file says “${stands.slice(0, 200)}”` });

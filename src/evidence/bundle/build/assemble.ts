import type { Mailbox } from '../../../companies/mailboxes/mailbox.js';
import type { Company } from '../../../companies/company/companies.js';
import type { TrustInForce } from '../../../companies/trust/trust-in-force.js';
import type { TrustOnRecord } from '../../../companies/trust/trust-on-record.js';
import { CHAIN_FORMAT } from '../../chain/index.js';
import { type Derived, deriveFrom, invoiceMediaType, sdiAnchorOf, signaturesOf } from '../format/derive.js';
import { frontOf, type PlannedFile } from '../format/front.js';
import { layOut, type Sizes } from '../format/layout.js';
import { movedByItself } from '../format/moved.js';
import { PAGE_VERSION, renderPage } from '../page/page.js';
import { basisOf, derOf, sdiAnchors } from './anchors.js';
import { CertificateCollector } from '../format/certificates.js';
import { sha256Of } from '../format/sha256.js';
import type { AttemptPart, InvoicePart, MessagePart } from './sources.js';

/** Everything that a bundle is made of, as the rooms told it at one moment. */
export interface Gathered {
  readonly part: InvoicePart;
  readonly attempts: readonly AttemptPart[];
  readonly messages: { readonly items: readonly MessagePart[]; readonly omitted: number };
  readonly company: Company;
  readonly mailbox: Mailbox;
  readonly trust: TrustInForce;
  /** Whose signatures have counted: what was accepted may rest on a certificate that was taken back since. */
  readonly onRecord: TrustOnRecord;
  readonly sizes: Sizes;
}

/**
 * Plans a bundle: takes each message apart, one at a time, places every piece and writes the records. The same evidence gives the same plan.
 * @param read octets by their SHA-256
 */
export async function assemble(gathered: Gathered, read: (sha256: string) => Promise<Buffer>): Promise<PlannedFile[]> {
  const { part, company, mailbox, sizes } = gathered;
  const certificates = new CertificateCollector();
  const made = new Map<string, Buffer>();
  const numbers = new Map(gathered.attempts.map(({ id, number }) => [id, number]));
  const sizeOf = (sha256: string): number => sizes.get(sha256)?.size ?? 0;

  for (const { certificate } of signaturesOf(await read(part.invoice.sha256)).signatures) if (certificate) certificates.add(certificate.der, 'invoice-signer');
  const items = [];
  for (const message of gathered.messages.items) {
    const { attemptId, ...rest } = message;
    const { sdi, signers } = await takeApart(gathered, message, await read(message.sha256), certificates);
    if (sdi) made.set(sha256Of(sdi.content), sdi.content);
    items.push({
      ...rest,
      size: sizeOf(message.sha256),
      attempt: (attemptId === null ? undefined : numbers.get(attemptId)) ?? null,
      sdi: sdi ? { code: sdi.code, name: sdi.name, sha256: sha256Of(sdi.content), size: sdi.content.length } : null,
      signers,
    });
  }
  const listed = certificates.list(gathered.onRecord.revoked);
  for (const { record, pem } of listed) made.set(record.sha256, pem);

  const { records, files } = layOut(
    {
      invoice: {
        ...part.invoice,
        company: { name: company.name, partitaIva: company.partitaIva, codiceFiscale: company.codiceFiscale, transmitter: company.transmitter },
        mailbox: { address: mailbox.address, provider: mailbox.provider, providerSigners: [...mailbox.providerSigners], trust: mailbox.trust },
        mediaType: invoiceMediaType(part.invoice.fileName),
        original: part.originalSha256 === null ? null : { sha256: part.originalSha256, size: sizeOf(part.originalSha256), mediaType: sizes.get(part.originalSha256)?.mediaType ?? 'application/octet-stream' },
      },
      timeline: { format: CHAIN_FORMAT, invoiceId: part.invoice.id, head: part.invoice.timelineHash, entries: part.entries.map(({ invoiceId: _, ...entry }) => ({ ...entry, facts: { ...entry.facts } })) },
      attempts: gathered.attempts.map(({ id: _, ...attempt }) => ({ ...attempt, size: sizeOf(attempt.sha256) })),
      messages: { omitted: gathered.messages.omitted, items },
      certificates: listed.map(({ record }) => record),
    },
    sizes,
  );
  return [...frontOf(records, files, { octets: Buffer.from(renderPage(records)), version: PAGE_VERSION }), ...files.map(({ path, size, sha256: name }) => ({ name: path, size, content: made.has(name) ? { octets: made.get(name) as Buffer } : { stored: name } }))];
}

/** What of a message goes into the records; its certificates are collected, with the authority that vouched for them when the message moved the invoice. */
async function takeApart(gathered: Gathered, message: MessagePart, octets: Buffer, certificates: CertificateCollector): Promise<{ signers: string[]; sdi?: { code: string; name: string; content: Buffer } }> {
  const { trust, onRecord, mailbox } = gathered;
  // What moved nothing needs nobody's word, so nobody is named who might once have given it.
  const steps = [trust, ...(movedByItself(message) ? onRecord.steps : [])];
  const { pec, sdi, signers } = await firstVouchedFor(octets, steps);
  if (pec.signer) certificates.add(pec.signer.certificate, 'pec-signer');
  const { chain = [] } = pec;
  for (const [index, der] of chain.entries()) {
    const anchor = index === chain.length - 1;
    if (anchor) certificates.add(der, 'pec-anchor', basisOf(der, mailbox));
    else if (index > 0) certificates.add(der, 'intermediate');
  }
  const signer = sdi?.message.signature.certificate;
  if (signer) certificates.add(signer, 'sdi-signer');
  const anchor = signer && steps.map((step) => sdiAnchorOf(signer, derOf(sdiAnchors(step.sdi)))).find((found) => found !== undefined);
  if (anchor) certificates.add(anchor, 'sdi-anchor', basisOf(anchor, mailbox));
  return { signers: signers.map(sha256Of), ...(sdi ? { sdi: { code: sdi.message.code, name: sdi.name, content: sdi.content } } : {}) };
}

/** The message as read under the first trust that finds a chain for its signer; what is read from it is the same under each. */
async function firstVouchedFor(octets: Buffer, [first, ...others]: readonly TrustInForce[]): Promise<Derived> {
  const derived = await deriveFrom(octets, first?.pec ?? { anchors: [] }, []);
  return derived.pec.chain || derived.pec.signature !== 'valid' || others.length === 0 ? derived : firstVouchedFor(octets, others);
}

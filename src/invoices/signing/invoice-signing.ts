import { Injectable } from '@nestjs/common';
import type { FatturapaFinding, InvoiceHead } from '../../fatturapa/types.js';
import { defineProblem, Problem } from '../../platform/http/problem.js';
import { readCertificate, SigningError } from '../../signature/index.js';
import { Documents } from '../documents/documents.js';
import type { InvoiceExtension } from '../intake/file-names.js';
import type { SignatureForm } from './signing-certificate.js';
import { SigningCertificates } from './signing-certificates.js';

const NOT_SIGNED = defineProblem('signing-failed', 422, { it: 'Firma non riuscita', en: 'Signing failed' });

/** A file as it goes to SdI. */
export interface Signed {
  readonly bytes: Buffer;
  readonly extension: InvoiceExtension;
  /** Absent when it goes as it came. */
  readonly signature?: { readonly form: SignatureForm; readonly serialNumber: string };
}

export interface SigningRequest {
  readonly companyId: string;
  readonly head: InvoiceHead;
  /** How it came signed. */
  readonly signed: 'none' | 'cades' | 'xades';
  readonly at: Date;
}

/** Files to the public administration must be signed, the others need not be (sdi.md 1). */
function mustBeSigned(head: InvoiceHead, signed: SigningRequest['signed']): boolean {
  return head.formatoTrasmissione === 'FPA12' && signed === 'none';
}

/** Signs what must be signed and came unsigned, with the company's certificate. */
@Injectable()
export class InvoiceSigning {
  constructor(
    private readonly certificates: SigningCertificates,
    private readonly documents: Documents,
  ) {}

  /** The error of a file that must be signed and that nobody here can sign. */
  async missing({ companyId, head, signed, at }: SigningRequest): Promise<(FatturapaFinding & { readonly companyId: string }) | undefined> {
    if (!mustBeSigned(head, signed)) return undefined;
    const notAfter = await this.certificates.notAfter(companyId);
    return notAfter === undefined || notAfter <= at ? { ...unsigned(notAfter), companyId } : undefined;
  }

  /** True of what the checks say of a missing signature: here it is made, or {@link missing} tells of it. */
  answersFor(finding: FatturapaFinding, signed: SigningRequest['signed']): boolean {
    return finding.code === '00102' && signed === 'none';
  }

  /** @throws Problem 422 when the file cannot be signed */
  async prepare(bytes: Buffer, extension: InvoiceExtension, { companyId, head, signed, at }: SigningRequest): Promise<Signed> {
    if (!mustBeSigned(head, signed)) return { bytes, extension };
    const key = await this.certificates.key(companyId);
    if (!key || key.notAfter <= at) throw new Problem(NOT_SIGNED, unsigned(key?.notAfter).message);
    const { form } = key;
    const made = await this.documents.sign(bytes, form, key, at).catch((error: unknown) => {
      if (!(error instanceof SigningError)) throw error;
      throw new Problem(
        NOT_SIGNED,
        { it: `La fattura non è stata firmata: ${error.text.it}.`, en: `The invoice was not signed: ${error.text.en}.` },
        { mend: { it: 'Firmarla prima di inviarla, oppure controllare il certificato di firma dell’azienda.', en: 'Sign it before sending, or check the company’s signing certificate.' } },
      );
    });
    return { bytes: made, extension: form === 'cades' ? 'xml.p7m' : 'xml', signature: { form, serialNumber: readCertificate(key.certificate).serial } };
  }
}

function unsigned(expired: Date | undefined): FatturapaFinding {
  const day = expired?.toISOString().slice(0, 10);
  return {
    code: 'unsigned-pa-invoice',
    severity: 'error',
    message:
      day === undefined
        ? {
            it: 'La fattura alla pubblica amministrazione (FPA12) non è firmata e l’azienda non ha un certificato con cui firmarla: SdI la scarterebbe (00102).',
            en: 'The invoice to the public administration (FPA12) is not signed and the company has no certificate to sign it with: SdI would reject it (00102).',
          }
        : {
            it: `La fattura alla pubblica amministrazione (FPA12) non è firmata e il certificato di firma dell’azienda è scaduto il ${day}.`,
            en: `The invoice to the public administration (FPA12) is not signed and the company’s signing certificate expired on ${day}.`,
          },
    fix: {
      it: 'Inviare il file firmato (.xml.p7m, oppure .xml con firma XAdES), oppure caricare il certificato di firma in Aziende (anche con PUT /v1/companies/{id}/signing-certificate).',
      en: 'Send the signed file (.xml.p7m, or .xml with a XAdES signature), or upload the signing certificate under Companies (or with PUT /v1/companies/{id}/signing-certificate).',
    },
  };
}

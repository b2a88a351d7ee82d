import { headOf } from '../../fatturapa/document/index.js';
import type { FatturapaFinding, InvoiceHead } from '../../fatturapa/types.js';
import { validateFile } from '../../fatturapa/validate/index.js';
import type { InvoiceSignature } from '../../signature/index.js';

/** Who signed, and whether what is read is what was signed. Facts and warnings only: no authority is believed or doubted. */
export interface SignatureSummary extends Pick<InvoiceSignature, 'form' | 'layer' | 'intact' | 'fault' | 'signingTime' | 'weak'> {
  readonly subject?: string;
  readonly issuer?: string;
  readonly serialNumber?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** What could be read of a file. */
export interface ReceivedReading {
  /** What the octets are, whatever the file is called; absent when they are neither XML nor a signed file. */
  readonly extension?: 'xml' | 'xml.p7m';
  /** Whatever its head says, `''` where it says nothing; absent when the content is no invoice. */
  readonly head?: InvoiceHead;
  readonly signed: 'none' | 'cades' | 'xades';
  readonly signatures: readonly SignatureSummary[];
  readonly ruleVersion: string;
  /** Of structure and checks by the rules of the day on which it came. Errors first. */
  readonly findings: readonly FatturapaFinding[];
}

export interface ReadingTask {
  readonly bytes: Buffer;
  readonly fileName: string;
  /** When it came: it chooses the rules. */
  readonly at: Date;
}

export interface OpenedReading {
  readonly reading: ReceivedReading;
  /** The XML: what was signed, or the file itself. */
  readonly content?: Buffer;
  /** Names of what was thrown: faults of ours, for the log. */
  readonly faults: readonly { readonly code: string; readonly fault: string }[];
}

/** What of an error may be logged: its message may quote the file. */
export const faultName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Reads a supplier's file as tolerantly as it can be. Never throws on any octets: a fault of ours is the finding `not-validated`. */
export function readReceived({ bytes, fileName, at }: ReadingTask): OpenedReading {
  const faults: { code: string; fault: string }[] = [];
  const { verdict, extension, content, signatures, document } = validateFile(bytes, { at, fileName, received: true, onFault: (code, error) => void faults.push({ code, fault: faultName(error) }) });
  return {
    reading: {
      ...(extension && { extension }),
      ...(document && { head: headOf(document) }),
      signed: signatures?.form ?? 'none',
      signatures: (signatures?.signatures ?? []).map(summary),
      ruleVersion: verdict.ruleVersion,
      findings: verdict.findings,
    },
    ...(content && { content }),
    faults,
  };
}

function summary({ form, layer, intact, fault, signingTime, weak, certificate }: InvoiceSignature): SignatureSummary {
  return {
    form,
    layer,
    intact,
    ...(fault && { fault }),
    ...(signingTime && { signingTime }),
    ...(weak && { weak }),
    ...(certificate && { subject: certificate.subject, issuer: certificate.issuer, serialNumber: certificate.serialNumber, notBefore: certificate.notBefore, notAfter: certificate.notAfter }),
  };
}

import { Injectable } from '@nestjs/common';
import { readInvoice } from '../../fatturapa/index.js';
import type { CheckContext } from '../../fatturapa/checks/types.js';
import { extractCms } from '../../signature/index.js';
import type { FatturapaFinding, InvoiceHead } from '../../fatturapa/types.js';
import type { Verdict } from '../../fatturapa/validate/types.js';
import type { PositionedKey } from '../duplicates/document-keys.js';
import type { InvoiceExtension } from './file-names.js';

/** What is known of a file once it was judged. */
export interface Judged {
  readonly verdict: Verdict;
  /** Absent when it is neither XML nor a signed file. */
  readonly extension?: InvoiceExtension | undefined;
  /** How it came signed. */
  readonly signed: 'none' | 'cades' | 'xades';
  /** Absent when it cannot be read as an invoice. */
  readonly head?: InvoiceHead | undefined;
  /** What SdI would take for the same documents (00404). */
  readonly keys: readonly PositionedKey[];
}

/** Judges files by every rule that needs nobody's data but the file's own. */
@Injectable()
export class Judge {
  async judge(bytes: Buffer, context: CheckContext): Promise<Judged> {
    void context;
    const start = bytes.subarray(0, 200).toString('latin1').replaceAll('\0', '');
    const isXml = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*</.test(start);
    const opened = isXml ? undefined : extractCms(bytes);
    const wrong = (findings: readonly FatturapaFinding[]): Judged => ({ verdict: { valid: false, ruleVersion: '1.9.1', findings }, signed: 'none', keys: [] });
    if (opened && !opened.ok) return wrong([{ code: 'p7m-unreadable', severity: 'error', message: { it: opened.text, en: opened.text } }]);
    const reading = readInvoice(opened?.ok ? opened.content : bytes);
    if (!reading.ok) return wrong(reading.findings);
    const { head } = reading;
    const keys = head.documents.map(({ position, numero, data, tipoDocumento }) => {
      const exact = JSON.stringify([head.cedentePrestatore.idCodice, ['TD04', 'TD08'].includes(tipoDocumento), data.slice(0, 4), numero]);
      return { position, exact, near: exact };
    });
    return { verdict: { valid: true, ruleVersion: '1.9.1', findings: [] }, extension: opened ? 'xml.p7m' : 'xml', signed: opened ? 'cades' : 'none', head, keys };
  }
}

import { randomInt } from 'node:crypto';
import { formatFileName, progressivoFromNumber } from '../../fatturapa/index.js';
import { keySigner, signCades } from '../../signature/index.js';
import { demoSigner } from '../pki/demo-signer.js';
import { SUPPLIER, supplierInvoice, uglified } from './supplier-invoice.js';
import type { SupplierVariant } from './variants.js';

export interface SupplierFile {
  readonly name: string;
  readonly content: Buffer;
  readonly numbers: readonly string[];
}

const SERIES = 36 ** 5;
const base64Lines = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64').replace(/.{76}/g, '$&\r\n'));

/** A file of the supplier with numbers that no other sample has. */
export async function supplierFile({ file, documents, ugly }: SupplierVariant, date: string, now: Date): Promise<SupplierFile> {
  const series = randomInt(SERIES);
  const prefix = series.toString(36).toUpperCase().padStart(5, '0');
  const numbers = Array.from({ length: documents }, (_, index) => `${prefix}/${index + 1}`);
  const xml = supplierInvoice({ numbers, date });
  const plain = ugly ? uglified(xml) : Buffer.from(xml);
  const extension = file === 'xml' ? 'xml' : 'xml.p7m';
  const name = formatFileName({ idPaese: 'IT', idCodice: SUPPLIER.partitaIva, progressivo: progressivoFromNumber(BigInt(series)), extension });
  if (file === 'xml') return { name, content: plain, numbers };
  const { certificate, chain, privateKey } = await demoSigner(now, SUPPLIER.name);
  const signed = await signCades(plain, keySigner({ privateKey, certificate, chain }), { signingTime: now });
  return { name, content: file === 'p7m' ? signed : base64Lines(signed), numbers };
}

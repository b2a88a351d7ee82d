/** One mail of SdI in a variant. */
export interface SupplierMail {
  /** TentativiInvio. */
  readonly attempt: number;
  /** What the mail does without. */
  readonly without?: 'metadata' | 'file';
  /** Another invoice under the same IdentificativoSdI and name. */
  readonly other?: true;
}

/** A way in which a supplier's invoice may come. */
export interface SupplierVariant {
  readonly id: string;
  /** How the file is written: XML, a signed file, or that in base64 once more than the mail needs. */
  readonly file: 'xml' | 'p7m' | 'p7m-base64';
  readonly documents: number;
  /** windows-1252, and faults against the schema. */
  readonly ugly?: true;
  readonly wrongHash?: true;
  readonly mails: readonly SupplierMail[];
  readonly description: { readonly it: string; readonly en: string };
}

const ONCE: readonly SupplierMail[] = [{ attempt: 1 }];
const PLAIN = { file: 'xml', documents: 1, mails: ONCE } as const;

/** Everything that the sandbox's supplier can send. */
export const SUPPLIER_VARIANTS = [
  { ...PLAIN, id: 'plain', description: { it: 'Una fattura XML senza firma.', en: 'An XML invoice without a signature.' } },
  { ...PLAIN, id: 'p7m', file: 'p7m', description: { it: 'Una fattura firmata, .xml.p7m in DER.', en: 'A signed invoice, .xml.p7m in DER.' } },
  { ...PLAIN, id: 'p7m-base64', file: 'p7m-base64', description: { it: 'Una fattura firmata salvata in base64, che la posta codifica una seconda volta.', en: 'A signed invoice saved in base64, which the mail encodes a second time.' } },
  { ...PLAIN, id: 'lot', documents: 3, description: { it: 'Un lotto di tre fatture.', en: 'A lot of three invoices.' } },
  { ...PLAIN, id: 'wrong-hash', wrongHash: true, description: { it: 'I metadati indicano un hash che non è quello del file.', en: 'The metadata state a hash that is not that of the file.' } },
  { ...PLAIN, id: 'ugly', ugly: true, description: { it: 'Un file in windows-1252 con errori di schema.', en: 'A file in windows-1252 with schema errors.' } },
  { ...PLAIN, id: 'repeated', mails: [{ attempt: 1 }, { attempt: 2 }], description: { it: 'La stessa fattura consegnata due volte.', en: 'The same invoice delivered twice.' } },
  {
    ...PLAIN,
    id: 'other-bytes',
    mails: [{ attempt: 1 }, { attempt: 2, other: true }],
    description: { it: 'Due consegne con lo stesso identificativo e file diversi.', en: 'Two deliveries under the same id with different files.' },
  },
  { ...PLAIN, id: 'no-metadata', mails: [{ attempt: 1, without: 'metadata' }], description: { it: 'La fattura senza il file dei metadati.', en: 'The invoice without the metadata file.' } },
  { ...PLAIN, id: 'no-file', mails: [{ attempt: 1, without: 'file' }], description: { it: 'I metadati senza il file della fattura.', en: 'The metadata without the invoice file.' } },
] as const satisfies readonly SupplierVariant[];

export type SupplierVariantId = (typeof SUPPLIER_VARIANTS)[number]['id'];
export const SUPPLIER_VARIANT_IDS = SUPPLIER_VARIANTS.map(({ id }) => id);

export function supplierVariant(id: SupplierVariantId): SupplierVariant {
  const variant = SUPPLIER_VARIANTS.find((one) => one.id === id);
  if (!variant) throw new RangeError(`unknown variant ${id}`);
  return variant;
}

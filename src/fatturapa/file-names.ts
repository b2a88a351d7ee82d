/** Extensions of an invoice file (sdi.md 2.1). */
export const FILE_EXTENSIONS = ['xml', 'xml.p7m', 'zip'] as const;
export type FileExtension = (typeof FILE_EXTENSIONS)[number];

/** An invoice file's name taken apart: `IT01234567890_00001.xml.p7m`. Letters as they were written; `baseName` in upper case. */
export interface InvoiceFileName {
  readonly idPaese: string;
  readonly idCodice: string;
  readonly progressivo: string;
  readonly extension: FileExtension;
  /** Upper case, without extension: what must be unique for ever. */
  readonly baseName: string;
}

const NAME = /^([A-Z]{2})([A-Z0-9]{2,28})_([A-Z0-9]{1,5})\.(xml|xml\.p7m|zip)$/i;
/** Italy's fiscal codes have 11 to 16 characters, other countries' ids 2 to 28 (SdI check 00001). */
const IT_ID_LENGTH = { min: 11, max: 16 };

/**
 * Reads an invoice file's name, upper or lower case. Undefined when it breaks the rule of SdI check 00001 (sdi.md 2.1).
 *
 * @example parseFileName('IT09876543217_0000A.xml')?.baseName // 'IT09876543217_0000A'
 */
export function parseFileName(fileName: string): InvoiceFileName | undefined {
  const match = NAME.exec(fileName);
  if (!match) return undefined;
  const [, idPaese = '', idCodice = '', progressivo = '', extension = ''] = match;
  if (idPaese.toUpperCase() === 'IT' && (idCodice.length < IT_ID_LENGTH.min || idCodice.length > IT_ID_LENGTH.max)) return undefined;
  return { idPaese, idCodice, progressivo, extension: extension.toLowerCase() as FileExtension, baseName: `${idPaese}${idCodice}_${progressivo}`.toUpperCase() };
}

/**
 * The name of a file that we send: strict, upper case, lower-case extension.
 * @throws RangeError when the parts make no legal name
 */
export function formatFileName(parts: { readonly idPaese: string; readonly idCodice: string; readonly progressivo: string; readonly extension?: FileExtension }): string {
  const name = `${parts.idPaese}${parts.idCodice}_${parts.progressivo}`.toUpperCase() + `.${parts.extension ?? 'xml'}`;
  if (!parseFileName(name)) throw new RangeError('the parts make no legal file name (SdI check 00001)');
  return name;
}

/**
 * What is compared when names are compared: upper case, no folder, none of the extensions a file of ours may get on its way (SdI's messages name
 * `.xml` for a file sent as `.xml.p7m` and the reverse). Takes any string: names that break the rule come back in SdI's NS too.
 */
export function baseName(fileName: string): string {
  const last = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1).trim();
  return last.replace(/(?:\.(?:xml|p7m|zip))+$/i, '').toUpperCase();
}

/** Names per transmitter: five characters out of 36. */
export const PROGRESSIVI = 36n ** 5n;

/**
 * The n-th progressivo of a transmitter: base 36, `[0-9A-Z]`, five characters, padded with zeros.
 * @throws RangeError outside 0 to 36^5 - 1: the transmitter's names are used up
 */
export function progressivoFromNumber(n: bigint): string {
  if (n < 0n || n >= PROGRESSIVI) throw new RangeError('a progressivo is a number from 0 to 36^5 - 1');
  return n.toString(36).toUpperCase().padStart(5, '0');
}

/** Types that stand in the name of an SdI message (sdi.md 2.3). */
const MESSAGE_NAME = /^(.+)_(RC|NS|MC|NE|DT|AT|MT|EC|SE)_([A-Z0-9]{1,3})\.(xml|zip)$/i;

/** The name of an SdI message taken apart: `<base>_<TT>_<nnn>.xml`. For show and for naming files: what a message is, its root element says. */
export interface MessageFileName {
  /** Base name of the invoice file, upper case. */
  readonly baseName: string;
  readonly code: string;
  readonly progressivo: string;
  readonly extension: 'xml' | 'zip';
}

export function parseMessageFileName(fileName: string): MessageFileName | undefined {
  const match = MESSAGE_NAME.exec(fileName);
  if (!match) return undefined;
  const [, base = '', code = '', progressivo = '', extension = ''] = match;
  return { baseName: base.toUpperCase(), code: code.toUpperCase(), progressivo, extension: extension.toLowerCase() as 'xml' | 'zip' };
}

/**
 * The name SdI gives to a message about an invoice file; AT travels as a zip. The base of a name that was not valid is cut to 36 characters.
 * @example formatMessageFileName('IT09876543217_0000A.xml.p7m', 'RC', 1) // 'IT09876543217_0000A_RC_001.xml'
 */
export function formatMessageFileName(invoiceFileName: string, code: string, number: number, extension: 'xml' | 'zip' = 'xml'): string {
  const base = baseName(invoiceFileName);
  const cut = parseFileName(invoiceFileName) ? base : base.slice(0, 36);
  return `${cut}_${code}_${String(number).padStart(3, '0')}.${extension}`;
}

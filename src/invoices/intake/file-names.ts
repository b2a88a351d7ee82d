import { baseName, formatFileName, parseFileName, progressivoFromNumber } from '../../fatturapa/index.js';
import { Problem, type Text } from '../../platform/http/problem.js';
import { FILE_NAME_TAKEN, ILLEGAL_FILE_NAME } from '../problems.js';

export interface Transmitter {
  readonly idPaese: string;
  readonly idCodice: string;
}

export type InvoiceExtension = 'xml' | 'xml.p7m';

/** The name that the n-th number of a transmitter makes. */
export function nameFromNumber(transmitter: Transmitter, number: bigint, extension: InvoiceExtension): string {
  return formatFileName({ idPaese: transmitter.idPaese, idCodice: transmitter.idCodice, progressivo: progressivoFromNumber(number), extension });
}

/**
 * What is unique for ever, whatever becomes of the file: the name without extension, in upper case. Whether SdI would see a difference in either is uncertain (sdi.md 2.1), so
 * none is relied upon.
 */
export function registeredName(fileName: string): string {
  return baseName(fileName).toUpperCase();
}

/** Undefined when the name is legal, of this transmitter and fit for the content; else what is wrong with it. */
export function illegal(wanted: string, transmitter: Transmitter, extension: InvoiceExtension): { detail: Text; mend: Text } | undefined {
  const example = nameFromNumber(transmitter, 1n, extension);
  const mend = { it: `Usare per esempio ${example}.`, en: `Use for example ${example}.` };
  const parsed = parseFileName(wanted);
  if (!parsed) return { detail: { it: 'Il nome non segue la forma <paese><id>_<progressivo>.xml.', en: 'The name does not follow <country><id>_<progressive>.xml.' }, mend };
  if (parsed.idPaese.toUpperCase() !== transmitter.idPaese || parsed.idCodice.toUpperCase() !== transmitter.idCodice) {
    return { detail: { it: 'Il nome non comincia con l’id del trasmittente del file.', en: 'The name does not begin with the id of the file’s transmitter.' }, mend };
  }
  if (parsed.extension !== extension) {
    return { detail: { it: `L’estensione non corrisponde al contenuto, che è .${extension}.`, en: `The extension does not fit the content, which is .${extension}.` }, mend };
  }
  return undefined;
}

export function illegalFileName(wanted: string, wrong: { detail: Text; mend: Text }): Problem {
  return new Problem(ILLEGAL_FILE_NAME, wrong.detail, {
    mend: wrong.mend,
    findings: [{ code: 'illegal-file-name', severity: 'error', path: 'fileName', value: wanted.slice(0, 100), message: wrong.detail, fix: wrong.mend }],
  });
}

export function fileNameTaken(wanted: string, invoiceId: string | undefined): Problem {
  return new Problem(
    FILE_NAME_TAKEN,
    { it: `Il nome ${wanted} è già stato usato: SdI non accetta mai due volte lo stesso nome (errore 00002).`, en: `The name ${wanted} was used before: SdI never takes the same name twice (error 00002).` },
    {
      mend: { it: 'Scegliere un altro progressivo, oppure non indicare il nome: ne viene assegnato uno libero.', en: 'Choose another progressive, or give no name: a free one is allocated.' },
      extra: invoiceId === undefined ? {} : { invoiceId },
    },
  );
}

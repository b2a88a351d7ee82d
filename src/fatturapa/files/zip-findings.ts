import type { FatturapaFinding, Severity } from '../types.js';

interface Entry {
  readonly code: string;
  readonly severity: Severity;
  readonly message: { readonly it: string; readonly en: string };
  readonly fix: { readonly it: string; readonly en: string };
}

/** Why an archive, or one file of it, cannot be taken as it is. Five digits are SdI's own code for the same fault (sdi-checks.csv, sdi.md 2.2). */
const TABLE = {
  damaged: {
    code: '00106',
    severity: 'error',
    message: { it: 'L’archivio zip non si legge: è incompleto o danneggiato.', en: 'The zip archive cannot be read: it is incomplete or damaged.' },
    fix: { it: 'Creare di nuovo l’archivio zip.', en: 'Make the zip archive again.' },
  },
  volumes: {
    code: '00106',
    severity: 'error',
    message: { it: 'L’archivio zip è diviso in più volumi: SdI legge solo archivi di un unico file.', en: 'The zip archive is split into volumes: SdI reads archives of one file only.' },
    fix: { it: 'Creare un archivio zip non diviso.', en: 'Make a zip archive that is not split.' },
  },
  empty: {
    code: '00106',
    severity: 'error',
    message: { it: 'L’archivio zip non contiene alcuna fattura.', en: 'The zip archive holds no invoice.' },
    fix: { it: 'Inserire nell’archivio almeno un file .xml o .xml.p7m.', en: 'Put at least one .xml or .xml.p7m file into the archive.' },
  },
  tooManyFiles: {
    code: 'zip-too-many-files',
    severity: 'error',
    message: { it: 'L’archivio zip contiene troppi file e non viene aperto.', en: 'The zip archive holds too many files and is not opened.' },
    fix: { it: 'Dividere i file in più archivi.', en: 'Split the files over several archives.' },
  },
  folder: {
    code: 'zip-folder',
    severity: 'hint',
    message: { it: 'È una cartella dell’archivio.', en: 'This is a folder of the archive.' },
    fix: { it: 'Mettere i file direttamente nell’archivio, senza cartelle.', en: 'Put the files straight into the archive, without folders.' },
  },
  stray: {
    code: 'zip-stray-file',
    severity: 'warning',
    message: { it: 'Il file non è una fattura (.xml o .xml.p7m): SdI lo scarterebbe.', en: 'The file is no invoice (.xml or .xml.p7m): SdI would reject it.' },
    fix: { it: 'Togliere il file dall’archivio.', en: 'Take the file out of the archive.' },
  },
  sdiMessage: {
    code: 'zip-stray-file',
    severity: 'warning',
    message: { it: 'Il nome è quello di una ricevuta o notifica di SdI, non di una fattura.', en: 'The name is one of a receipt or notification of SdI, not of an invoice.' },
    fix: { it: 'Togliere il file dall’archivio.', en: 'Take the file out of the archive.' },
  },
  nested: {
    code: 'zip-nested',
    severity: 'error',
    message: { it: 'L’archivio contiene un altro archivio zip, che SdI non apre.', en: 'The archive holds another zip archive, which SdI does not open.' },
    fix: { it: 'Mettere le fatture direttamente nell’archivio, oppure inviare separatamente l’archivio interno.', en: 'Put the invoices straight into the archive, or send the inner archive by itself.' },
  },
  encrypted: {
    code: '00106',
    severity: 'error',
    message: { it: 'Il file dell’archivio è protetto da password: SdI non può leggerlo.', en: 'The file in the archive is protected by a password: SdI cannot read it.' },
    fix: { it: 'Creare l’archivio senza password.', en: 'Make the archive without a password.' },
  },
  method: {
    code: '00106',
    severity: 'error',
    message: { it: 'Il file dell’archivio è compresso con un metodo non supportato.', en: 'The file in the archive is compressed by a method that is not supported.' },
    fix: { it: 'Creare l’archivio con la compressione zip normale (deflate).', en: 'Make the archive with ordinary zip compression (deflate).' },
  },
  damagedFile: {
    code: '00106',
    severity: 'error',
    message: { it: 'Il file dell’archivio è danneggiato: il contenuto non è quello dichiarato.', en: 'The file in the archive is damaged: its content is not what is declared.' },
    fix: { it: 'Creare di nuovo l’archivio zip.', en: 'Make the zip archive again.' },
  },
  unsafePath: {
    code: 'zip-unsafe-path',
    severity: 'error',
    message: { it: 'Il nome del file porta fuori dall’archivio o contiene caratteri non ammessi: il file non viene letto.', en: 'The name of the file leads out of the archive or holds characters that are not allowed: the file is not read.' },
    fix: { it: 'Creare l’archivio con nomi semplici, senza percorsi assoluti e senza "..".', en: 'Make the archive with plain names, without absolute paths and without "..".' },
  },
  tooLarge: {
    code: '00003',
    severity: 'error',
    message: { it: 'Il file supera 5.000.000 di byte, il limite di SdI per una fattura.', en: 'The file is over 5,000,000 bytes, SdI’s limit for an invoice.' },
    fix: { it: 'Ridurre gli allegati, oppure dividere il lotto in più file.', en: 'Make the attachments smaller, or split the lot into several files.' },
  },
  totalTooLarge: {
    code: 'zip-too-large',
    severity: 'error',
    message: { it: 'Il contenuto dell’archivio supera la dimensione massima: questo file non viene letto.', en: 'The content of the archive exceeds the largest size: this file is not read.' },
    fix: { it: 'Dividere i file in più archivi.', en: 'Split the files over several archives.' },
  },
  sameName: {
    code: '00002',
    severity: 'error',
    message: { it: 'Nell’archivio un altro file ha lo stesso nome: SdI accetta un nome una volta sola.', en: 'Another file of the archive has the same name: SdI takes a name only once.' },
    fix: { it: 'Dare al file un altro progressivo.', en: 'Give the file another progressive number.' },
  },
  sameBaseName: {
    code: '00002',
    severity: 'warning',
    message: {
      it: 'Nell’archivio un altro file ha lo stesso nome, a parte l’estensione o le maiuscole: SdI potrebbe considerarlo un duplicato.',
      en: 'Another file of the archive has the same name but for its extension or capitals: SdI may take it for a duplicate.',
    },
    fix: { it: 'Dare al file un altro progressivo.', en: 'Give the file another progressive number.' },
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type ZipFault = keyof typeof TABLE;

/** A finding about an archive, or about the entry `value` of it. */
export function zipFinding(fault: ZipFault, value?: string): FatturapaFinding {
  const { code, severity, message, fix } = TABLE[fault];
  return { code, severity, ...(value !== undefined && { value: [...value.slice(0, 400)].slice(0, 200).join('') }), message, fix };
}

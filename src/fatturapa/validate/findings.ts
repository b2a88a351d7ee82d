import type { FatturapaFinding } from '../types.js';

/** Findings about a file before anything of an invoice is seen in it. */
export const fileFindings = {
  notAnInvoice: (): FatturapaFinding => ({
    code: 'not-an-invoice',
    severity: 'error',
    message: { it: 'Il file non è una fattura elettronica: non è XML, né un file firmato .p7m.', en: 'The file is no electronic invoice: neither XML nor a signed .p7m file.' },
    fix: { it: 'Inviare il file XML della fattura (non il PDF o un’immagine), oppure il file .xml.p7m prodotto dal programma di firma.', en: 'Send the XML file of the invoice (not its PDF or a picture), or the .xml.p7m file that the signing program made.' },
  }),

  archive: (): FatturapaFinding => ({
    code: 'zip-archive',
    severity: 'error',
    message: { it: 'Il file è un archivio zip, non una fattura.', en: 'The file is a zip archive, not an invoice.' },
    fix: { it: 'Estrarre le fatture dall’archivio e inviarle una per una.', en: 'Take the invoices out of the archive and send them one by one.' },
  }),

  unreadableP7m: (reason: { readonly it: string; readonly en: string }): FatturapaFinding => ({
    code: 'p7m-unreadable',
    severity: 'error',
    message: { it: `Il file non si apre come file firmato p7m (CAdES): ${reason.it}.`, en: `The file does not open as a signed p7m file (CAdES): ${reason.en}.` },
    fix: { it: 'Inviare il file prodotto dal programma di firma, senza modifiche, oppure l’XML non firmato.', en: 'Send the file as the signing program made it, unchanged, or the unsigned XML.' },
  }),

  /** Said where the content cannot be read at all, so that no check of the table is made. */
  tampered: (): FatturapaFinding => ({
    code: '00102',
    severity: 'error',
    message: { it: 'La firma non corrisponde al contenuto del file: il file è stato modificato dopo la firma.', en: 'The signature does not fit the content of the file: the file was changed after it was signed.' },
    fix: { it: 'Firmare di nuovo il file XML originale e inviarlo senza modifiche.', en: 'Sign the original XML file again and send it unchanged.' },
  }),

  wrongExtension: (fileName: string, extension: 'xml' | 'xml.p7m'): FatturapaFinding => ({
    code: 'wrong-extension',
    severity: 'warning',
    value: fileName.slice(0, 100),
    message:
      extension === 'xml'
        ? { it: 'Il nome è quello di un file firmato (.p7m), ma il contenuto è XML senza busta di firma.', en: 'The name is one of a signed file (.p7m), but the content is XML without an envelope.' }
        : { it: 'Il nome è quello di un file XML, ma il contenuto è un file firmato p7m.', en: 'The name is one of an XML file, but the content is a signed p7m file.' },
    fix: { it: `Dare al file l’estensione .${extension}.`, en: `Give the file the extension .${extension}.` },
  }),

  /** A fault of ours: a file that nobody judged must not pass for one without faults. `fault` is the name of what was thrown, which tells nothing of the content. */
  notValidated: (fault: string): FatturapaFinding => ({
    code: 'not-validated',
    severity: 'error',
    message: { it: `Il controllo del file si è interrotto per un errore di questo programma (${fault}).`, en: `The file’s validation broke off through a fault of this program (${fault}).` },
    fix: { it: 'Controllare il file con un altro strumento, e segnalare l’errore.', en: 'Check the file with another tool, and report the fault.' },
  }),

  more: (count: number): FatturapaFinding => ({
    code: 'more-findings',
    severity: 'hint',
    message: { it: `Altre ${count} segnalazioni non sono elencate.`, en: `Another ${count} findings are not listed.` },
    fix: { it: 'Correggere quelle elencate e ripetere il controllo.', en: 'Mend those listed and check again.' },
  }),
};

import { Injectable } from '@nestjs/common';
import { baseName, formatFileName, parseFileName, progressivoFromNumber } from '../../fatturapa/index.js';
import type { Tx } from '../../platform/database/sql.js';
import { Problem } from '../../platform/http/problem.js';
import { FILE_NAME_TAKEN, FILE_NAMES_EXHAUSTED, ILLEGAL_FILE_NAME } from '../problems.js';

export interface Transmitter {
  readonly idPaese: string;
  readonly idCodice: string;
}

export type InvoiceExtension = 'xml' | 'xml.p7m';

/** 36^5 names per transmitter (sdi.md 2.1). */
const NAMES = 36n ** 5n;

/**
 * The register of file names. A name is unique for ever, whatever becomes of its file, without regard to case and extension: whether SdI would see a difference is
 * uncertain (sdi.md 2.1), so none is relied upon.
 */
@Injectable()
export class FileNames {
  /** Takes the next free name of the transmitter's sequence. */
  async allocate(tx: Tx, transmitter: Transmitter, extension: InvoiceExtension, invoiceId: string): Promise<string> {
    const id = `${transmitter.idPaese}${transmitter.idCodice}`;
    for (;;) {
      const [row] = await tx.query<{ number: string }>(
        `INSERT INTO transmitters (id, next_progressivo) VALUES ($1, 2)
         ON CONFLICT (id) DO UPDATE SET next_progressivo = transmitters.next_progressivo + 1
         RETURNING next_progressivo - 1 AS number`,
        [id],
      );
      const number = BigInt(row?.number ?? '0');
      if (number >= NAMES) {
        throw new Problem(
          FILE_NAMES_EXHAUSTED,
          { it: `Tutti i nomi di file del trasmittente ${id} sono stati usati.`, en: `All file names of the transmitter ${id} are used up.` },
          { mend: { it: 'Trasmettere con un altro IdTrasmittente.', en: 'Transmit under another IdTrasmittente.' } },
        );
      }
      const fileName = formatFileName({ idPaese: transmitter.idPaese, idCodice: transmitter.idCodice, progressivo: progressivoFromNumber(number), extension });
      if (await this.#take(tx, fileName, invoiceId)) return fileName;
    }
  }

  /** Takes the name that the caller chose: legal, of this transmitter, fit for the content, and free. */
  async claim(tx: Tx, wanted: string, transmitter: Transmitter, extension: InvoiceExtension, invoiceId: string): Promise<string> {
    const legal = this.legalFor(wanted, transmitter, extension);
    if (legal !== true) throw new Problem(ILLEGAL_FILE_NAME, legal.detail, { mend: legal.mend, findings: [{ code: 'illegal-file-name', severity: 'error', path: 'fileName', value: wanted.slice(0, 100), message: legal.detail, fix: legal.mend }] });
    if (await this.#take(tx, wanted, invoiceId)) return wanted;
    const [owner] = await tx.query<{ invoice_id: string | null }>('SELECT invoice_id FROM file_names WHERE base_name = $1', [baseName(wanted).toUpperCase()]);
    throw new Problem(
      FILE_NAME_TAKEN,
      { it: `Il nome ${wanted} è già stato usato: SdI non accetta mai due volte lo stesso nome (errore 00002).`, en: `The name ${wanted} was used before: SdI never takes the same name twice (error 00002).` },
      {
        mend: { it: 'Scegliere un altro progressivo, oppure non indicare il nome: ne viene assegnato uno libero.', en: 'Choose another progressive, or give no name: a free one is allocated.' },
        extra: owner?.invoice_id ? { invoiceId: owner.invoice_id } : {},
      },
    );
  }

  /** True, or what is wrong with the name. */
  legalFor(wanted: string, transmitter: Transmitter, extension: InvoiceExtension): true | { detail: { it: string; en: string }; mend: { it: string; en: string } } {
    const example = formatFileName({ ...transmitter, progressivo: '00001', extension });
    const mend = { it: `Usare per esempio ${example}.`, en: `Use for example ${example}.` };
    const parsed = parseFileName(wanted);
    if (!parsed) return { detail: { it: 'Il nome non segue la forma <paese><id>_<progressivo>.xml.', en: 'The name does not follow <country><id>_<progressive>.xml.' }, mend };
    if (parsed.idPaese !== transmitter.idPaese || parsed.idCodice !== transmitter.idCodice) {
      return { detail: { it: 'Il nome non comincia con l’id del trasmittente del file.', en: 'The name does not begin with the id of the file’s transmitter.' }, mend };
    }
    if (parsed.extension !== extension) {
      return { detail: { it: `L’estensione non corrisponde al contenuto, che è .${extension}.`, en: `The extension does not fit the content, which is .${extension}.` }, mend };
    }
    return true;
  }

  async #take(tx: Tx, fileName: string, invoiceId: string): Promise<boolean> {
    const rows = await tx.query('INSERT INTO file_names (base_name, invoice_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING base_name', [baseName(fileName).toUpperCase(), invoiceId]);
    return rows.length > 0;
  }
}

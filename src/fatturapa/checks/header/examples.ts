import { codiceFiscaleFault, partitaIvaFault } from '../../fiscal-ids.js';
import { valueOf } from '../../document/model.js';
import type { Text } from '../../schema/types.js';
import type { HeaderParts, Subject } from './parties.js';

/** The numbers of the tax agency's published sample invoices: they have wrong check digits and belong to nobody. */
const PUBLISHED: readonly string[] = ['01234567890', '09876543210'];

const IS_PUBLISHED: Text = {
  it: 'è uno dei numeri degli esempi pubblicati dall’Agenzia delle Entrate',
  en: 'it is one of the numbers of the samples that the tax agency publishes',
};
const ALL_INVENTED: Text = {
  it: 'né il cedente né il cessionario hanno qui un identificativo che possa esistere, come in un file di prova',
  en: 'neither seller nor buyer has an id here that can exist, as in a file made for a trial',
};

/**
 * Why a wrong id looks invented on purpose rather than mistyped: then it is a warning, so that samples and trial files pass. One mistake in a real invoice leaves the other
 * party's id right, and stays an error.
 */
export function exampleReason(parts: HeaderParts, value: string): Text | undefined {
  if (PUBLISHED.includes(value)) return IS_PUBLISHED;
  return isInvented(parts.seller) && isInvented(parts.buyer) ? ALL_INVENTED : undefined;
}

/** It has Italian ids, and none can exist. */
function isInvented(subject: Subject): boolean {
  const vat = valueOf(subject.idPaese) === 'IT' ? valueOf(subject.idCodice) : undefined;
  const code = valueOf(subject.codiceFiscale);
  if (vat === undefined && code === undefined) return false;
  return (vat === undefined || partitaIvaFault(vat) !== undefined) && (code === undefined || codiceFiscaleFault(code) !== undefined);
}

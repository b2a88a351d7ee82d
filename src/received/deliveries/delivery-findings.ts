import { baseName } from '../../fatturapa/index.js';
import type { FatturapaFinding, FormatoTrasmissione } from '../../fatturapa/types.js';
import type { ReceivedDelivery } from './delivery.js';

type Text = FatturapaFinding['message'];

const finding = (code: string, severity: FatturapaFinding['severity'], message: Text, fix: Text, value?: string): FatturapaFinding => ({ code, severity, ...(value !== undefined && { value: value.slice(0, 100) }), message, fix });

const SEE_MAIL: Text = { it: 'Confrontare con il messaggio originale (nel registro della casella) e con l’area riservata “Fatture e Corrispettivi”.', en: 'Compare with the original mail (in the mailbox’s ledger) and with the reserved area “Fatture e Corrispettivi”.' };

/** What is said of a delivery by its mail, beside what is said of the file (sdi.md 6, points 2, 3 and 5). */
export const deliveryFindings = {
  metadataMissing: () =>
    finding(
      'metadata-missing',
      'warning',
      { it: 'Il messaggio del SdI non contiene un file dei metadati (MT) leggibile: l’IdentificativoSdI non è noto.', en: 'The mail of SdI holds no readable metadata file (MT): the IdentificativoSdI is not known.' },
      SEE_MAIL,
    ),
  fileMissing: (nomeFile: string) =>
    finding(
      'file-missing',
      'error',
      { it: 'Il messaggio del SdI contiene i metadati (MT) ma non il file della fattura.', en: 'The mail of SdI holds the metadata (MT) but not the invoice file.' },
      { it: 'Scaricare la fattura dall’area riservata “Fatture e Corrispettivi”, cercandola con l’IdentificativoSdI.', en: 'Download the invoice from the reserved area “Fatture e Corrispettivi”, by its IdentificativoSdI.' },
      nomeFile,
    ),
  hashDiffers: (stated: string) =>
    finding('hash-mismatch', 'warning', { it: 'L’hash indicato nei metadati non è quello del file ricevuto.', en: 'The hash stated in the metadata is not that of the file that came.' }, SEE_MAIL, stated),
  hashMissing: () =>
    finding(
      'hash-missing',
      'warning',
      { it: 'I metadati non indicano l’hash del file: che il file sia quello inviato non si può confrontare.', en: 'The metadata state no hash of the file: whether it is the file that was sent cannot be compared.' },
      SEE_MAIL,
    ),
  formatoDiffers: (stated: string, found: FormatoTrasmissione) =>
    finding(
      'formato-differs',
      'warning',
      { it: `I metadati dicono ${stated.slice(0, 20)}, il file è ${found}: vale il file.`, en: `The metadata say ${stated.slice(0, 20)}, the file is ${found}: the file counts.` },
      { it: 'Nessuna azione, se il file è quello atteso.', en: 'Nothing to do, if the file is the expected one.' },
      stated,
    ),
  nameDiffers: (attached: string) =>
    finding(
      'name-differs',
      'hint',
      { it: 'L’allegato ha un nome diverso da quello indicato nei metadati.', en: 'The attachment has another name than the metadata state.' },
      { it: 'Nessuna azione, se il file è quello atteso.', en: 'Nothing to do, if the file is the expected one.' },
      attached,
    ),
  otherBytes: (sameXml: boolean) =>
    finding(
      'other-bytes',
      'error',
      sameXml
        ? { it: 'Il SdI ha consegnato di nuovo questa fattura con lo stesso identificativo e un file diverso, che contiene lo stesso XML.', en: 'SdI delivered this invoice again under the same id as another file, which holds the same XML.' }
        : { it: 'Il SdI ha consegnato con lo stesso identificativo un file diverso dal primo.', en: 'SdI delivered a file under the same id that differs from the first.' },
      { it: 'Vale il primo file; scaricarli entrambi dalle consegne, confrontarli e chiedere al fornitore.', en: 'The first file counts; download both from the deliveries, compare them and ask the supplier.' },
    ),
  sameAttempt: (attempt: number) =>
    finding(
      'same-attempt',
      'hint',
      { it: `Il SdI ha consegnato due volte lo stesso tentativo d’invio (${attempt}).`, en: `SdI delivered the same attempt (${attempt}) twice.` },
      { it: 'Nessuna azione: la fattura è una sola.', en: 'Nothing to do: the invoice is one.' },
      String(attempt),
    ),
} as const;

/** What MT and the file say of each other. Only the private family's MT has a hash (sdi.md 4.3). */
export function findingsBetween({ message, invoiceFile, hashMatches }: ReceivedDelivery, formato: FormatoTrasmissione | undefined): FatturapaFinding[] {
  if (!message || !invoiceFile) return [];
  const findings: FatturapaFinding[] = [];
  if (hashMatches === false) findings.push(deliveryFindings.hashDiffers(message.hash ?? ''));
  if (hashMatches === undefined && message.family === 'private') findings.push(deliveryFindings.hashMissing());
  if (message.formato !== undefined && formato !== undefined && message.formato !== formato) findings.push(deliveryFindings.formatoDiffers(message.formato, formato));
  if (baseName(invoiceFile.name) !== baseName(message.nomeFile)) findings.push(deliveryFindings.nameDiffers(invoiceFile.name));
  return findings;
}

import { FILE_EXTENSIONS, parseFileName } from '../../file-names.js';
import type { Text } from '../../schema/types.js';
import { type FatturapaFinding, FORMATI_TRASMISSIONE } from '../../types.js';
import type { RegisterContext } from '../header/duplicates.js';
import { fill, template } from '../texts.js';
import type { Check } from '../types.js';

/** Names that try to be SdI's: a country and an id before the underscore. Any other name is a name on somebody's disk, which the service replaces. */
const ATTEMPT = /^(?:IT[0-9A-Z]+|[A-Z]{2}[0-9A-Z]{11,})_/i;

/** What is wrong with a name, part by part (sdi.md 2.1). */
function nameFault(fileName: string): Text {
  const match = /^([^_]*)_([^.]*)\.(.*)$/.exec(fileName);
  if (!match) return { it: 'manca la forma Paese, identificativo, trattino basso, progressivo, estensione', en: 'it is not built of country, id, underscore, progressive, extension' };
  const [, owner = '', progressivo = '', extension = ''] = match;
  const id = owner.slice(2);
  if (!(FILE_EXTENSIONS as readonly string[]).includes(extension.toLowerCase())) return { it: `l’estensione è .${extension}, e sono ammesse .xml, .xml.p7m e .zip`, en: `the extension is .${extension}, and .xml, .xml.p7m and .zip are allowed` };
  if (!/^[A-Z]{2}/i.test(owner)) return { it: 'non comincia con la sigla di un Paese', en: 'it does not begin with the letters of a country' };
  if (/^IT/i.test(owner) && (id.length < 11 || id.length > 16)) return { it: `dopo IT vi sono ${id.length} caratteri, mentre un codice fiscale ne ha 11 o 16`, en: `after IT there are ${id.length} characters, and a codice fiscale has 11 or 16` };
  if (!/^[A-Z0-9]{2,28}$/i.test(id)) return { it: 'l’identificativo dopo il Paese deve avere da 2 a 28 lettere e cifre', en: 'the id after the country must have 2 to 28 letters and digits' };
  return { it: `il progressivo "${progressivo}" deve avere da 1 a 5 lettere o cifre`, en: `the progressive "${progressivo}" must have 1 to 5 letters or digits` };
}

const GRAMMAR: Check = {
  code: '00001',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Nome del file: Paese, identificativo di chi trasmette, _, progressivo di 1-5 caratteri, estensione', en: 'File name: country, transmitter’s id, _, progressive of 1-5 characters, extension' },
  reason: { it: 'Il nome del file {found} non è valido per SdI: {fault}.', en: 'The file name {found} is not valid for SdI: {fault}.' },
  mend: { it: 'Rinominare il file, per esempio IT01234567897_0000A.xml.', en: 'Rename the file, for example IT01234567897_0000A.xml.' },
  doubt: {
    reason: { it: 'Il nome del file {found} non è quello con cui SdI lo accetterebbe: {fault}.', en: 'The file name {found} is not one under which SdI would take it: {fault}.' },
    mend: { it: 'Per trasmetterlo da sé rinominarlo, per esempio IT01234567897_0000A.xml; Corriere gli dà comunque un nome valido.', en: 'To send it yourself rename it, for example IT01234567897_0000A.xml; Corriere gives it a valid name in any case.' },
  },
  source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1',
  practice: {
    it: 'È un errore quando il nome è fatto come quelli di SdI ma sbaglia; un nome qualunque (fattura.xml) è un avviso, perché all’invio il nome viene assegnato dal servizio. Se maiuscole e minuscole contino non è certo: si accettano entrambe.',
    en: 'An error where the name is built like SdI’s and goes wrong; any other name (fattura.xml) is a warning, because the service gives a name when it sends. Whether letter case matters is uncertain: both are taken.',
  },
  run: (_document, { fileName }, report) => {
    if (fileName === undefined || parseFileName(fileName)) return;
    report({ value: fileName, doubtful: !ATTEMPT.test(fileName), texts: { fault: nameFault(fileName) } });
  },
};

const USED_BEFORE: Check = {
  code: '00002',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Il nome del file non deve essere mai stato usato, nemmeno per un file scartato', en: 'The file name must never have been used, not even for a rejected file' },
  reason: { it: 'Il nome del file {found} è già stato usato per un altro invio.', en: 'The file name {found} was used for another file before.' },
  mend: { it: 'Dare al file un progressivo nuovo, lasciando invariato il contenuto.', en: 'Give the file a new progressive; the content stays as it is.' },
  source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1',
  practice: {
    it: 'Il confronto è con il solo registro di chi trasmette, senza distinguere maiuscole ed estensione: se SdI le distingua non è certo.',
    en: 'The comparison is with the sender’s own register, without regard to letter case and extension: whether SdI regards them is uncertain.',
  },
  run: (_document, context: RegisterContext, report) => {
    if (context.nameTaken && context.fileName !== undefined) report({ value: context.fileName });
  },
};

/** The finding 00002 of a name that the register of sent files knows already. */
export function fileNameFinding(fileName: string): FatturapaFinding {
  const gaps = { found: fileName };
  return { code: USED_BEFORE.code, severity: USED_BEFORE.severity, value: fileName, message: fill(template(USED_BEFORE.reason), gaps), fix: fill(template(USED_BEFORE.mend), gaps) };
}

export const NAME_CHECKS: readonly Check[] = [GRAMMAR, USED_BEFORE];

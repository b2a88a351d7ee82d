import type { PecClass, PecSignatureVerdict } from '../pec/index.js';
import type { SdiSignature } from '../sdi/index.js';
import type { Language, Text } from './command.js';
import type { Inspection } from './inspect-file.js';
import { inspectReason } from './inspect-reasons.js';

const CLASSES: Readonly<Record<PecClass, Text>> = {
  receipt: { it: 'ricevuta', en: 'receipt' },
  envelope: { it: 'busta di trasporto', en: 'transport envelope' },
  anomaly: { it: 'busta di anomalia', en: 'anomaly envelope' },
  inner: { it: 'messaggio originale senza busta', en: 'original message without its envelope' },
  ordinary: { it: 'posta ordinaria', en: 'ordinary mail' },
};

const SIGNATURES: Readonly<Record<PecSignatureVerdict, Text>> = {
  valid: { it: 'valida', en: 'valid' },
  'digest-mismatch': { it: 'il contenuto è stato modificato dopo la firma', en: 'the content was changed after signing' },
  invalid: { it: 'non valida', en: 'invalid' },
  unparsable: { it: 'illeggibile', en: 'unreadable' },
  absent: { it: 'assente', en: 'absent' },
};

const XML_SIGNATURES: Readonly<Record<SdiSignature['verdict'], Text>> = {
  valid: { it: 'valida', en: 'valid' },
  intact: { it: "integra, firmatario non verificato (indicare l'autorità di SdI: --anchors)", en: 'intact, signer not verified (name the authority of SdI: --anchors)' },
  revoked: { it: 'di un firmatario revocato', en: 'of a signer that was revoked' },
  invalid: { it: 'non valida', en: 'invalid' },
  absent: { it: 'assente', en: 'absent' },
};

const LABELS = {
  what: { it: 'messaggio', en: 'message' },
  signature: { it: 'firma', en: 'signature' },
  trust: { it: 'affidabile', en: 'trusted' },
  instant: { it: 'istante', en: 'instant' },
  sender: { it: 'mittente', en: 'sender' },
  recipient: { it: 'destinatario', en: 'recipient' },
  delivery: { it: 'consegna a', en: 'delivery to' },
  subject: { it: 'oggetto', en: 'subject' },
  provider: { it: 'gestore', en: 'provider' },
  id: { it: 'identificativo', en: 'identificativo' },
  reference: { it: 'riferimento', en: 'reference' },
  error: { it: 'errore', en: 'error' },
  attachment: { it: 'allegato', en: 'attachment' },
  sdi: { it: 'SdI', en: 'SdI' },
} as const satisfies Readonly<Record<string, Text>>;

/** What a sender wrote must not steer the terminal. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');

/** An inspection for people: one block of lines per file. */
export function inspectionText(inspection: Inspection, language: Language): string {
  const lines: [keyof typeof LABELS, string | undefined | null][] = [];
  const { daticert } = inspection;
  if (inspection.class) lines.push(['what', [CLASSES[inspection.class][language], inspection.kind].filter(Boolean).join(': ')]);
  if (inspection.signature) lines.push(['signature', SIGNATURES[inspection.signature][language]]);
  lines.push(['trust', inspection.trust.ok ? { it: 'sì', en: 'yes' }[language] : 'no']);
  const reasons = inspection.trust.reasons.map(({ code }) => `    - ${inspectReason(code)[language]} (${code})`);
  const details: [keyof typeof LABELS, string | undefined | null][] = daticert
    ? [
        ['instant', daticert.instant.toISOString()],
        ['sender', daticert.mittente],
        ...daticert.destinatari.map(({ address, tipo }): [keyof typeof LABELS, string] => ['recipient', tipo === 'esterno' ? `${address} (${tipo})` : address]),
        ['delivery', daticert.consegna],
        ['subject', daticert.oggetto],
        ['provider', daticert.gestoreEmittente],
        ['id', daticert.identificativo],
        ['reference', daticert.msgid],
        ['error', daticert.errore === 'nessuno' ? undefined : [daticert.errore, daticert.erroreEsteso].filter(Boolean).join(': ')],
      ]
    : [];
  for (const { name, contentType, size, sha256 } of inspection.attachments) details.push(['attachment', `${name || contentType} (${size} byte, sha256 ${sha256})`]);
  const { sdi } = inspection;
  if (sdi) details.push(['sdi', [sdi.code, sdi.family, `IdentificativoSdI ${sdi.identificativoSdi}`, sdi.nomeFile, `${{ it: 'firma XML', en: 'XML signature' }[language]}: ${XML_SIGNATURES[sdi.signature.verdict][language]}`].join(', ')]);
  const width = Math.max(...Object.values(LABELS).map((label) => label[language].length));
  const format = ([label, value]: [keyof typeof LABELS, string | undefined | null]): string[] => (value ? [`  ${LABELS[label][language].padEnd(width)}  ${plain(value)}`] : []);
  return [plain(inspection.file), ...lines.flatMap(format), ...reasons, ...details.flatMap(format), ''].join('\n');
}

/** What was looked at, in all. */
export interface InspectSum {
  readonly files: number;
  readonly trusted: number;
  /** By class; what is no mail under `null`. */
  readonly classes: ReadonlyMap<Inspection['class'], number>;
}

/** The last line for people, when there were several files. */
export function inspectSummary({ files, trusted, classes }: InspectSum, language: Language): string {
  const other: Text = { it: 'altro', en: 'other' };
  const parts = [...classes].sort(([, a], [, b]) => b - a).map(([name, count]) => `${count} ${(name === null ? other : CLASSES[name])[language]}`);
  return { it: `${files} file: ${trusted} affidabili, ${files - trusted} no (${parts.join(', ')})`, en: `${files} files: ${trusted} trusted, ${files - trusted} not (${parts.join(', ')})` }[language];
}

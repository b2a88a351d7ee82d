import type { EventType } from '../../../sdi/index.js';
import { movedByItself } from '../format/moved.js';
import { proves } from '../texts/proves.js';
import { type Said, saidByMessage } from '../texts/said.js';
import { type Authorities, type Believed, pecSignature, readMail, SDI_PROVIDER, sdiSignature } from './authorities.js';
import type { OpenBundle } from './open.js';
import { faultsOfNotification } from './notification.js';
import { provenFacts } from './proven-facts.js';
import { provenKey } from './proven-key.js';
import { faultsOfReceipt } from './receipt.js';
import type { Findings, Note } from './report.js';
import { reasonNotes } from './texts.js';

/** What a message that holds says of this invoice, for the entry that rests on it. */
export interface Told {
  readonly said: Said;
  readonly attempt: number | null;
  readonly identificativoSdi: string | null;
  /** NE, DT: positions of the documents that it is about. */
  readonly documents: readonly number[] | null;
  /** What makes its event the same however often it is told. */
  readonly key: string | undefined;
  /** What of an event's facts it states. */
  readonly facts: ReadonlyMap<string, unknown>;
}

/** An event type, and what speaks against the message. */
export interface Reading {
  readonly type: EventType | undefined;
  readonly attempt: number | null;
  readonly documents: readonly number[] | null;
  readonly faults: readonly Note[];
}

/** Reads every message: its signature and chain at the signing time, and whether it is about this invoice. What moved the invoice must hold; of the others is said what they are. */
export async function checkMessages(bundle: OpenBundle, authorities: Authorities, findings: Findings): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  for (const message of bundle.messages.items) {
    if (told.has(message.file)) continue;
    const mail = await readMail(bundle.files.get(message.file) as Buffer, authorities);
    const signature = pecSignature(mail, authorities);
    if (signature) findings.signature(message.file, signature);
    const applied = movedByItself(message);
    const reading = mail.pec.class === 'receipt' ? faultsOfReceipt(mail.pec, bundle) : mail.pec.class === 'envelope' ? faultsOfNotification(mail, bundle) : { type: undefined, attempt: null, documents: null, faults: [] };
    const lies = [...misstated(message, mail), ...(reasonFits(message, bundle) ? [] : ['reason'])];
    if (lies.length > 0) findings.problem(message.file, 'other-data', { it: `messages.json dice altro del messaggio: ${lies.join(', ')}`, en: `messages.json says something else of the message: ${lies.join(', ')}` });
    const faults = [...(mail.pec.trust.ok ? [] : reasonNotes(mail.pec.trust.reasons.map(({ code }) => code))), ...reading.faults];
    checkDerived(message, mail, bundle, authorities, findings, faults.length === 0);
    if (faults.length > 0 || !reading.type) {
      if (applied && faults.length === 0) faults.push({ code: 'says-nothing', text: { it: 'il messaggio non dice nulla di questa fattura', en: 'the message says nothing about this invoice' } });
      for (const { code, text } of faults) {
        if (applied) findings.problem(message.file, code, text);
        else findings.remark(message.file, code, text);
      }
      if (!applied) findings.remark(message.file, 'proves-nothing', { it: `Non prova nulla e non ha mosso la fattura: ${message.reasonText?.it ?? message.disposition}`, en: `It proves nothing and did not move the invoice: ${message.reasonText?.en ?? message.disposition}` });
      continue;
    }
    const said = saidByMessage(reading.type, mail.pec, mail.sdi?.message, bundle.invoice);
    told.set(message.file, { said, attempt: reading.attempt, identificativoSdi: mail.sdi?.message.identificativoSdi ?? null, documents: reading.documents, key: provenKey(mail.pec, mail.sdi?.message), facts: provenFacts(mail.pec, mail.sdi?.message) });
    findings.proves(message.file, proves(said));
    const { from } = mail.pec.headers;
    const known = [...bundle.invoice.mailbox.providerSigners.map((address) => address.toLowerCase()), SDI_PROVIDER];
    if (mail.pec.class === 'receipt' && from !== undefined && !known.includes(from)) {
      findings.remark(message.file, 'other-provider', { it: `Fu accettata da ${from}; oggi la casella è impostata su un altro gestore.`, en: `It was accepted from ${from}; the mailbox is set to another provider today.` });
    }
  }
  return told;
}

/** Whether a message can have moved the invoice for the reason that is recorded: because it told something itself, or because a person attached it, and then nothing rests on its own word. */
const reasonFits = ({ id, disposition, reason }: OpenBundle['messages']['items'][number], { timeline }: OpenBundle): boolean =>
  disposition !== 'applied' || reason === 'told' || (reason === 'attached_by_person' && !timeline.entries.some(({ messageId, source }) => messageId === id && (source === 'pec' || source === 'sdi')));

/** Names of what the record says of a message and the message itself does not. What was not judged yet has nothing said of it. */
function misstated(record: OpenBundle['messages']['items'][number], { pec, sdi }: Believed): string[] {
  const { headers, daticert } = pec;
  const stored = (text: string | undefined): string | null => (text === undefined ? null : text.replaceAll('\0', '').slice(0, 1_000));
  const pairs: readonly (readonly [string, string | null, string | null])[] = [
    ['class', record.class, pec.class],
    ['kind', record.kind, pec.kind ?? null],
    ['signature', record.signature, pec.signature],
    ['messageId', record.messageId, stored(headers.messageId)],
    ['riferimentoMessageId', record.riferimentoMessageId, stored(headers.riferimentoMessageId)],
    ['identificativo', record.identificativo, stored(daticert?.identificativo)],
    ['identificativoSdi', record.identificativoSdi, stored(sdi?.message.identificativoSdi)],
    ['from', record.from, stored(headers.from)],
    ['subject', record.subject, stored(headers.subject)],
  ];
  const wrong = pairs.filter(([, is, stands]) => is !== null && is !== stands).map(([name]) => name);
  if (movedByItself(record)) wrong.push(...pairs.filter(([name, is, stands]) => is === null && stands !== null && name !== 'identificativoSdi').map(([name]) => name), ...(record.trust?.ok === true && record.trust.reasons.length === 0 ? [] : ['trust']));
  return wrong;
}

/** The notification that lies beside its mail is the one inside, and bears SdI's signature. */
function checkDerived({ file, sdi: recorded, signers }: OpenBundle['messages']['items'][number], mail: Believed, bundle: OpenBundle, authorities: Authorities, findings: Findings, believed: boolean): void {
  const { sdi } = mail;
  if ((sdi === undefined) !== (recorded === null)) return findings.problem(file, 'notification', { it: 'l’elenco dei messaggi non dice il vero sulla notifica contenuta', en: 'the record of messages does not tell the truth about the notification inside' });
  const known = new Set(bundle.certificates.map(({ fingerprint }) => fingerprint));
  if (signers.some((fingerprint) => !known.has(fingerprint))) findings.problem(file, 'certificate-missing', { it: 'il certificato di chi ha firmato manca dal fascicolo', en: 'the certificate of the signer is missing from the bundle' });
  if (!sdi || !recorded) return;
  const lies = bundle.files.get(recorded.file) as Buffer;
  if (!lies.equals(sdi.content) || recorded.code !== sdi.message.code || recorded.name !== sdi.name) return findings.problem(recorded.file, 'notification', { it: 'la notifica non è quella contenuta nel messaggio', en: 'the notification is not the one inside the message' });
  const signature = sdiSignature(mail, authorities);
  if (!signature) return;
  findings.signature(recorded.file, signature);
  if (believed) findings.proves(recorded.file, { it: `È la notifica ${sdi.message.code} del SdI, tolta dal messaggio ${file}; la firma del SdI è integra.`, en: `It is SdI’s notification ${sdi.message.code}, taken out of the message ${file}; SdI’s signature is intact.` });
  if (signature.basis === 'none') findings.remark(recorded.file, 'sdi-origin', { it: 'Nessuna autorità garantisce qui il certificato del SdI: la sua firma prova l’integrità, la provenienza poggia sulla firma del gestore.', en: 'No authority vouches here for SdI’s certificate: its signature proves integrity, origin rests on the provider’s signature.' });
}

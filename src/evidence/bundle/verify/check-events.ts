import { instantText, microsOf } from '../../chain/index.js';
import { own } from '../format/own.js';
import type { EntryRecord } from '../format/records.js';
import type { Text } from '../format/text.js';
import { proves } from '../texts/proves.js';
import { saidByEntry } from '../texts/said.js';
import type { Told } from './check-messages.js';
import { misstatedIntake } from './intake.js';
import type { OpenBundle } from './open.js';
import { misstatedFacts } from './proven-facts.js';
import type { Findings } from './report.js';

const TIMELINE = 'timeline.json';

type Check = (entry: EntryRecord, bundle: OpenBundle, told: ReadonlyMap<string, Told>) => Text | undefined;

const mismatch = (it: string, en: string): Text => ({ it, en });

const octetsOf = (entry: EntryRecord, { files }: OpenBundle): string => (files.get(entry.file) as Buffer).toString('utf8');

/** Who alone can say what of a hand-over; receipts and SdI's messages say it themselves. */
const SOURCES: Readonly<Record<string, readonly string[]>> = { queued: ['api'], resend_requested: ['person', 'smtp'], manual: ['person'] };
const BY_US = ['smtp'];

/** What the evidence of each kind of entry must say. */
const CHECKS: Readonly<Record<string, Check>> = {
  queued: (entry, bundle) => {
    const names = misstatedIntake(entry, bundle).join(', ').slice(0, 200);
    return names === '' ? undefined : mismatch(`il file della fattura e ciò che è stato ricevuto dicono altro (${names})`, `the file of the invoice and what was received say something else (${names})`);
  },
  attempt_opened: (entry, { attempts, timeline }) => {
    const attempt = attempts.find(({ number }) => number === entry.attempt);
    const tries = timeline.entries.filter(({ type, attempt: number, sequence }) => type === 'attempt_opened' && number === entry.attempt && sequence <= entry.sequence);
    const fits = tries.length === entry.facts['try'] && attempt?.sha256 === entry.evidenceSha256 && attempt.messageId === entry.facts['messageId'] && attempt.sdiAddress === entry.facts['to'];
    return fits ? undefined : mismatch('non poggia sul messaggio di quell’invio', 'does not rest on the message of that hand-over');
  },
  smtp_accepted: (entry, bundle) => {
    const { code, response } = entry.facts;
    if (!ofItsAttempt(entry, bundle)) return mismatch('non è di quell’invio', 'is not of that hand-over');
    const transcript = octetsOf(entry, bundle);
    const line = typeof response === 'string' ? (response.split('\n')[0] ?? '').slice(0, 200) : undefined;
    return typeof code === 'number' && code >= 200 && code < 300 && line !== undefined && transcript.includes(` S: ${line}`) ? undefined : mismatch('il dialogo annotato non contiene quella risposta del server', 'the dialogue that was recorded lacks that answer of the server');
  },
  smtp_refused: answered,
  smtp_deferred: answered,
  smtp_unknown: answered,
  resend_requested: (entry, bundle) => {
    const statement = statementOf(octetsOf(entry, bundle));
    const fits = statement?.['request'] === 'resend' && statement['invoiceId'] === bundle.invoice.id && statement['attempt'] === entry.attempt && statement['by'] === entry.facts['by'] && sameInstant(statement['at'], entry.at);
    return fits ? undefined : mismatch('la richiesta annotata dice altro', 'the request that was recorded says something else');
  },
  manual: (entry, bundle) => (states(entry, bundle, 'manual', ['act', 'note', 'by']) ? undefined : mismatch('l’annotazione dice altro', 'the note that was recorded says something else')),
};

/** Whether the statement on which an entry rests is of this kind, about this invoice and of its instant, and says the same of all that it must. */
function states(entry: EntryRecord, bundle: OpenBundle, request: string, names: readonly string[]): boolean {
  const statement = statementOf(octetsOf(entry, bundle));
  return statement?.['request'] === request && statement['invoiceId'] === bundle.invoice.id && sameInstant(statement['at'], entry.at) && names.every((name) => typeof statement[name] === 'string' && statement[name] === entry.facts[name]);
}

/** What was not taken, or nobody knows: our own record of what happened, in lines with their instants. */
function answered(entry: EntryRecord, bundle: OpenBundle): Text | undefined {
  if (!ofItsAttempt(entry, bundle)) return mismatch('non è di quell’invio', 'is not of that hand-over');
  const transcript = octetsOf(entry, bundle).trim();
  return transcript === '' || /^\d{4}-\d\d-\d\dT[\d:.]+Z [CS*]: /.test(transcript) ? undefined : mismatch('non poggia sul dialogo annotato con il server', 'does not rest on a record of the dialogue with the server');
}

const ofItsAttempt = ({ attempt: number, facts }: EntryRecord, { attempts }: OpenBundle): boolean => attempts.some((attempt) => attempt.number === number && attempt.messageId === facts['messageId']);

function statementOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const sameInstant = (stated: unknown, at: string): boolean => typeof stated === 'string' && !Number.isNaN(Date.parse(stated)) && instantText(microsOf(stated)) === at;

function toldBy(entry: EntryRecord, bundle: OpenBundle, told: ReadonlyMap<string, Told>): Text | undefined {
  if (!bundle.messages.items.some(({ file, disposition }) => file === entry.file && disposition === 'applied')) return mismatch('il messaggio su cui poggia non risulta aver mosso la fattura', 'the message that it rests on is not recorded as having moved the invoice');
  const message = told.get(entry.file);
  if (!message) return mismatch('il messaggio su cui poggia non prova nulla di questa fattura', 'the message that it rests on proves nothing about this invoice');
  const { said } = message;
  const documents = Array.isArray(entry.facts['documents']) ? entry.facts['documents'] : null;
  const differs: (string | false)[] = [
    said.type !== entry.type && 'type',
    said.source !== entry.source && 'source',
    !sameInstant(said.at, entry.at) && 'at',
    message.attempt !== entry.attempt && 'attempt',
    message.identificativoSdi !== entry.identificativoSdi && 'identificativoSdi',
    JSON.stringify(message.documents) !== JSON.stringify(documents) && 'documents',
    message.key !== entry.key && 'key',
    ...misstatedFacts(entry, message.facts),
  ];
  const names = [...new Set(differs.filter((name) => name !== false))].join(', ').slice(0, 200);
  return names === '' ? undefined : mismatch(`il messaggio su cui poggia dice altro (${names})`, `the message that it rests on says something else (${names})`);
}

/** Each entry of the timeline rests on a piece that says so; and each message that moved the invoice has its entry. */
export function checkEvents(bundle: OpenBundle, told: ReadonlyMap<string, Told>, findings: Findings): void {
  const { timeline, messages, invoice } = bundle;
  if (timeline.entries[0]?.at !== invoice.createdAt) findings.problem('invoice.json', 'created', { it: 'createdAt non è l’istante della presa in consegna', en: 'createdAt is not the instant of the intake' });
  for (const entry of timeline.entries) {
    const byPerson = entry.source === 'person' && !own(CHECKS, entry.type);
    const check = entry.source === 'pec' || entry.source === 'sdi' ? toldBy : own(CHECKS, entry.type);
    if (byPerson) findings.remark(TIMELINE, 'person', { it: `La voce ${entry.sequence} (${entry.type}) è la parola di una persona: nessuna firma la prova.`, en: `Entry ${entry.sequence} (${entry.type}) is the word of a person: no signature proves it.` });
    const ours = check !== toldBy && !byPerson;
    const saidByOther = ours && (entry.identificativoSdi !== null || !(own(SOURCES, entry.type) ?? BY_US).includes(entry.source));
    const fault = saidByOther ? mismatch('non è cosa che questa fonte possa dire', 'this is nothing that its source can say') : byPerson ? undefined : check ? check(entry, bundle, told) : mismatch('non si sa su che cosa debba poggiare', 'nobody knows what it must rest on');
    if (fault) {
      findings.problem(entry.file, 'entry', { it: `voce ${entry.sequence} della cronologia (${entry.type}): ${fault.it}`, en: `entry ${entry.sequence} of the timeline (${entry.type}): ${fault.en}` });
    } else if (entry.source !== 'pec' && entry.source !== 'sdi' && entry.type !== 'queued') findings.proves(entry.file, proves(saidByEntry(entry, invoice)));
    const { messageId } = entry;
    if (messageId !== null && !messages.items.some((message) => message.id === messageId && message.file === entry.file)) findings.problem(TIMELINE, 'other-message', { it: `la voce ${entry.sequence} nomina un messaggio che non è quello su cui poggia`, en: `entry ${entry.sequence} names a message other than the one that it rests on` });
  }
  const rested = new Set(timeline.entries.map(({ file }) => file));
  for (const { file, disposition } of messages.items) {
    if (disposition === 'applied' && !rested.has(file)) findings.problem(file, 'no-entry', { it: 'il messaggio ha mosso la fattura, ma la cronologia non ne parla: una voce è stata tolta', en: 'the message moved the invoice, but the timeline does not speak of it: an entry was removed' });
  }
}

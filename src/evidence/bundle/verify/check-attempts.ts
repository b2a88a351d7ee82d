import type { AttemptRecord, EntryRecord } from '../format/records.js';
import { readMailFacts } from './mail-facts.js';
import type { OpenBundle } from './open.js';
import type { Findings } from './report.js';

/** Every mail that was sent is the one that its attempt says, and carries exactly the invoice. */
export function checkAttempts({ invoice, attempts, timeline, files }: OpenBundle, findings: Findings): void {
  for (const [index, attempt] of attempts.entries()) {
    const problem = (code: string, it: string, en: string): void => findings.problem(attempt.file, code, { it, en });
    if (attempt.number !== index + 1) findings.problem('attempts.json', 'numbers', { it: 'gli invii non sono numerati di seguito', en: 'the hand-overs are not numbered one after the other' });
    const mail = readMailFacts(files.get(attempt.file) as Buffer);
    if (mail.messageId !== attempt.messageId) problem('other-message-id', `il Message-ID è ${mail.messageId ?? '–'}, non ${attempt.messageId}`, `the Message-ID is ${mail.messageId ?? '–'}, not ${attempt.messageId}`);
    const opened = timeline.entries.find(({ type, attempt: number }) => type === 'attempt_opened' && number === attempt.number);
    if (opened && (mail.from === undefined || mail.from !== String(opened.facts['from']).toLowerCase())) problem('other-sender', 'il mittente non è quello annotato nella cronologia', 'the sender is not the one that the timeline names');
    if (mail.to?.toLowerCase() !== attempt.sdiAddress.toLowerCase()) problem('other-recipient', 'il destinatario non è quello dell’invio', 'the recipient is not that of the hand-over');
    const [attachment, ...more] = mail.attachments;
    if (!attachment || more.length > 0 || attachment.name !== invoice.fileName) problem('other-attachment', `l’allegato non è il solo file ${invoice.fileName}`, `the attachment is not the one file ${invoice.fileName}`);
    else if (attachment.sha256 !== invoice.sha256) problem('other-file', 'l’allegato non è il file della fattura, byte per byte', 'the attachment is not the file of the invoice, byte for byte');

    const own = timeline.entries.filter((entry) => entry.attempt === attempt.number);
    if (!opened) problem('no-entry', 'la cronologia non parla di questo invio', 'the timeline does not speak of this hand-over');
    const openings = own.filter(({ type }) => type === 'attempt_opened');
    if (opened && (openings.at(-1)?.at !== attempt.openedAt || openings.length !== attempt.tries)) findings.problem('attempts.json', 'other-course', { it: `l’invio ${attempt.number} non è cominciato quando e quante volte dice la cronologia`, en: `hand-over ${attempt.number} did not begin when and as often as the timeline says` });
    const fault = courseFault(attempt, own);
    if (fault) problem(...fault);
  }
  const numbers = new Set(attempts.map(({ number }) => number));
  const orphans = timeline.entries.filter(({ type, attempt }) => type === 'attempt_opened' && (attempt === null || !numbers.has(attempt)));
  if (orphans.length > 0) findings.problem('attempts.json', 'missing-attempt', { it: 'la cronologia parla di un invio che qui manca', en: 'the timeline speaks of a hand-over that is missing here' });
}

type Fault = readonly [code: string, it: string, en: string];

/** What the attempt says of its last try must be what the timeline recorded of it; where no server answered, a receipt may have told the outcome. */
function courseFault(attempt: AttemptRecord, own: readonly EntryRecord[]): Fault | undefined {
  const answer = own.filter(({ type, facts }) => type.startsWith('smtp_') && facts['try'] === attempt.tries).at(-1);
  const toldByReceipt = (attempt.state === 'accepted' || attempt.state === 'refused') && own.some(({ source }) => source === 'pec' || source === 'sdi');
  if (!answer) {
    const unanswered = (attempt.state === 'open' || toldByReceipt) && (attempt.stage === null || attempt.stage === 'final-dot');
    return unanswered ? undefined : ['no-answer', `la cronologia non contiene la risposta del server (${attempt.state})`, `the timeline lacks the server’s answer (${attempt.state})`];
  }
  const { response, code, stage } = answer.facts;
  const said = response === attempt.smtpResponse?.slice(0, 500) && (code ?? null) === attempt.smtpCode && stage === attempt.stage;
  const settled = answer.type === `smtp_${attempt.state}` ? answer.at === attempt.settledAt : toldByReceipt;
  return said && settled ? undefined : ['other-answer', 'l’esito dell’invio non è quello annotato nella cronologia', 'the outcome of the hand-over is not the one that the timeline records'];
}

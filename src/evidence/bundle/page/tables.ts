import { own } from '../format/own.js';
import type { BundleRecords, CertificateRecord, MessageRecord } from '../format/records.js';
import type { Text } from '../format/text.js';
import { revokedText } from '../texts/revoked.js';
import { romeTime } from '../texts/rome-time.js';
import { bilingual, escapeHtml, fileLink } from './html.js';

const head = (...labels: readonly Text[]): string => `<tr>${labels.map((label) => `<th>${bilingual(label)}</th>`).join('')}</tr>`;
const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

const DISPOSITIONS: Readonly<Record<string, Text>> = {
  applied: { it: 'ha fatto avanzare la fattura', en: 'moved the invoice on' },
  duplicate: { it: 'copia', en: 'copy' },
  quarantined: { it: 'in quarantena: non prova nulla', en: 'in quarantine: proves nothing' },
  waiting: { it: 'non ancora esaminato', en: 'not judged yet' },
};

/** Every message about the invoice, also those that proved nothing. */
export function messageRows({ messages }: BundleRecords): string {
  if (messages.items.length === 0) return `<p class="soft">${bilingual({ it: 'Nessun messaggio è arrivato.', en: 'No message has come.' })}</p>`;
  const omitted = messages.omitted === 0 ? '' : `<p class="soft">${bilingual({ it: `Altri ${messages.omitted} messaggi, che non hanno mosso nulla, non sono nel fascicolo.`, en: `Another ${messages.omitted} messages, which moved nothing, are not in the bundle.` })}</p>`;
  return `<table>\n${head({ it: 'File', en: 'File' }, { it: 'Che cos’è', en: 'What it is' }, { it: 'Da', en: 'From' }, { it: 'Esito dell’esame', en: 'Outcome of judging' })}\n${messages.items.map(messageRow).join('\n')}\n</table>${omitted}`;
}

function messageRow(message: MessageRecord): string {
  const what = [message.kind ?? message.class ?? '–', message.sdi?.code].filter((part) => part !== undefined).join(', ');
  const notification = message.sdi ? `<br>${fileLink(message.sdi.file)}` : '';
  const disposition = own(DISPOSITIONS, message.disposition) ?? { it: message.disposition, en: message.disposition };
  const reason = message.reasonText ? `<br><span class="soft">${bilingual(message.reasonText)}</span>` : '';
  return row(`${fileLink(message.file)}${notification}`, escapeHtml(what), `${escapeHtml(message.from ?? '–')}<br><span class="soft">${escapeHtml(romeTime(message.fetchedAt))}</span>`, `${bilingual(disposition)}${reason}`);
}

const BASES: Readonly<Record<NonNullable<CertificateRecord['trust']>, Text>> = {
  public: { it: 'autorità pubblica', en: 'public authority' },
  sandbox: { it: 'autorità della sandbox: solo dimostrativa', en: 'authority of the sandbox: demonstration only' },
  person: { it: 'fidata da una persona', en: 'trusted by a person' },
};

/** Who signed, under which authority, and why that one was believed. */
export function certificateRows({ certificates }: BundleRecords): string {
  if (certificates.length === 0) return `<p class="soft">${bilingual({ it: 'Nessuna firma.', en: 'No signature.' })}</p>`;
  const rows = certificates.map((certificate) =>
    row(
      fileLink(certificate.file),
      `${escapeHtml(certificate.subject)}<br><span class="soft">${escapeHtml(certificate.issuer)}</span>`,
      `${escapeHtml(certificate.roles.join(', '))}${certificate.trust === null ? '' : `<br>${bilingual(BASES[certificate.trust])}`}${certificate.revoked ? `<br>${bilingual(revokedText(certificate.revoked))}` : ''}`,
      `<code>${escapeHtml(certificate.fingerprint)}</code>`,
    ),
  );
  return `<table>\n${head({ it: 'File', en: 'File' }, { it: 'Titolare e autorità', en: 'Holder and authority' }, { it: 'Ruolo', en: 'Role' }, { it: 'Impronta SHA-256', en: 'SHA-256 fingerprint' })}\n${rows.join('\n')}\n</table>`;
}

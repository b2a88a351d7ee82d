import { EVENT_TYPES, eventTitle, explain, type EventType, type Flow, type Status, STATUSES } from '../../../sdi/index.js';
import { own } from '../format/own.js';
import type { BundleRecords, EntryRecord } from '../format/records.js';
import type { Text } from '../format/text.js';
import { proves } from '../texts/proves.js';
import { romeTime } from '../texts/rome-time.js';
import { saidByEntry } from '../texts/said.js';
import { bilingual, escapeHtml, fileLink } from './html.js';
import { STYLE } from './style.js';
import { certificateRows, messageRows } from './tables.js';

/** Version of what this page says and how. A page of another version cannot be made again by this program, so its texts are not compared. */
export const PAGE_VERSION = 1;

/** `index.html`: the bundle for people, in Italian and English. Made from the records and nothing else, so that whoever verifies a bundle makes it again and compares. */
export function renderPage(records: BundleRecords): string {
  const { invoice, timeline, certificates } = records;
  const title = `${invoice.fileName} – ${invoice.number}`;
  const demonstration = certificates.some(({ trust }) => trust === 'sandbox') || invoice.mailbox.trust === 'sandbox';
  return `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<div class="languages"><label><input type="radio" name="lang" id="it" checked> Italiano</label><label><input type="radio" name="lang" id="en"> English</label></div>
<p class="soft">${bilingual(TITLE)}</p>
<h1>${escapeHtml(invoice.number)} · ${escapeHtml(invoice.buyer.name)}</h1>
${state(records)}
${demonstration ? `<p class="note">${bilingual(DEMONSTRATION)}</p>` : ''}
${facts(records)}
<h2>${bilingual({ it: 'Cronologia', en: 'Timeline' })}</h2>
<ol class="events">
${timeline.entries.map((entry) => event(entry, records)).join('\n')}
</ol>
<h2>${bilingual({ it: 'Messaggi', en: 'Messages' })}</h2>
${messageRows(records)}
<h2>${bilingual({ it: 'Certificati', en: 'Certificates' })}</h2>
${certificateRows(records)}
<h2>${bilingual({ it: 'Come verificare', en: 'How to verify' })}</h2>
<p>${bilingual(VERIFY)}</p>
<p><code>corriere verify</code> · <code>sha256sum -c manifest.sha256</code></p>
<dl><dt>${bilingual({ it: 'Impronta della cronologia', en: 'Hash of the timeline' })}</dt><dd><code>${escapeHtml(timeline.head)}</code></dd></dl>
<p class="soft">${bilingual(WITNESS)}</p>
</body>
</html>
`;
}

const TITLE: Text = { it: 'Fascicolo delle prove di una fattura elettronica', en: 'Evidence bundle of an electronic invoice' };
const DEMONSTRATION: Text = {
  it: 'Fascicolo dimostrativo: le firme sono di un gestore e di un SdI di prova, che nessuno riconosce.',
  en: 'Demonstration only: the signatures are those of a trial provider and a trial SdI, which nobody recognises.',
};
const VERIFY: Text = {
  it: 'Questa pagina riassume, non prova: le prove sono i file qui accanto. Il programma corriere, senza rete, ne controlla impronte, firme e coerenza e dice che cosa prova ciascuno.',
  en: 'This page sums up, it proves nothing: the evidence is in the files beside it. The program corriere checks their hashes, signatures and consistency without a network, and says what each proves.',
};
const WITNESS: Text = {
  it: 'Chi ha ricevuto da Corriere un webhook o il feed conosce le impronte della cronologia di allora (timelineHash): devono comparire fra quelle di questo fascicolo.',
  en: 'Whoever received a webhook or the feed from Corriere knows the hashes of the timeline at that time (timelineHash): they must be among those of this bundle.',
};

const isStatus = (text: string): text is Status => (STATUSES as readonly string[]).includes(text);

function state({ invoice }: BundleRecords): string {
  if (!isStatus(invoice.status)) return `<p class="status">${escapeHtml(invoice.status)}</p>`;
  const { meaning, law } = explain(invoice.status, invoice.flow satisfies Flow);
  return `<p class="status"><code>${escapeHtml(invoice.status)}</code></p>\n<p>${bilingual(meaning)}</p>\n<p class="soft">${bilingual(law)}</p>`;
}

function facts({ invoice }: BundleRecords): string {
  const rows: readonly (readonly [Text, string])[] = [
    [{ it: 'Cedente', en: 'Seller' }, `${invoice.seller.name} (${invoice.seller.id ?? '–'})`],
    [{ it: 'Cessionario', en: 'Buyer' }, `${invoice.buyer.name} (${invoice.buyer.id ?? '–'})`],
    [{ it: 'Data', en: 'Date' }, invoice.date],
    [{ it: 'Totale', en: 'Total' }, invoice.total === null ? '–' : `${invoice.total} ${invoice.currency ?? ''}`],
    [{ it: 'Documenti nel file', en: 'Documents in the file' }, invoice.documents.map(({ numero, status }) => `${numero}: ${status}`).join('; ')],
    [{ it: 'IdentificativoSdI', en: 'IdentificativoSdI' }, invoice.identificativoSdi ?? '–'],
    [{ it: 'Casella', en: 'Mailbox' }, invoice.mailbox.address],
    [{ it: 'SHA-256 del file', en: 'SHA-256 of the file' }, invoice.sha256],
  ];
  const original = invoice.original ? `<dt>${bilingual({ it: 'File ricevuto', en: 'File as received' })}</dt><dd>${fileLink(invoice.original.file)}</dd>` : '';
  return `<dl>\n<dt>${bilingual({ it: 'File inviato', en: 'File as sent' })}</dt><dd>${fileLink(invoice.file)}</dd>${original}\n${rows.map(([label, value]) => `<dt>${bilingual(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}\n</dl>`;
}

const SOURCES: Readonly<Record<string, Text>> = {
  api: { it: 'Corriere', en: 'Corriere' },
  smtp: { it: 'Corriere, dal dialogo con il server', en: 'Corriere, from the dialogue with the server' },
  pec: { it: 'gestore PEC', en: 'PEC provider' },
  sdi: { it: 'SdI', en: 'SdI' },
  person: { it: 'una persona', en: 'a person' },
};

const titleOf = (type: string): Text => ((EVENT_TYPES as readonly string[]).includes(type) ? eventTitle(type as EventType) : { it: type, en: type });

function event(entry: EntryRecord, { invoice }: BundleRecords): string {
  const source = own(SOURCES, entry.source) ?? { it: entry.source, en: entry.source };
  return `<li><h3>${entry.sequence}. ${bilingual(titleOf(entry.type))} <code>${escapeHtml(entry.status)}</code></h3>
<p class="soft">${escapeHtml(romeTime(entry.at))} · ${bilingual(source)}</p>
<p>${bilingual(proves(saidByEntry(entry, invoice)))}</p>
<p>${fileLink(entry.file)}</p></li>`;
}

import type { InvoiceSignatures } from '../../signature/invoice/types.js';
import { at, child, type Element, type InvoiceDocument } from '../document/model.js';
import { idOf } from './compound.js';
import { escapeHtml } from './html.js';
import type { Language } from './language.js';
import { currencyOf, documentParts, type DocumentName, nameOf, titleOf } from './parts/document.js';
import { partyBlock } from './parts/party.js';
import { signatureBlock } from './parts/signatures.js';
import { restOf } from './rest.js';
import { STYLE } from './style.js';
import { pairs } from './table.js';
import { fill, TEXTS } from './texts.js';
import { View } from './view.js';

export interface ViewOptions {
  readonly lang: Language;
  /** Shown in the page's head. */
  readonly fileName?: string;
  /** What was found about the file's signatures; nothing is said of them when absent. */
  readonly signatures?: InvoiceSignatures;
}

/** Content-Security-Policy of the page: it stands in the page itself, and belongs in the HTTP header as well. */
export const VIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Header elements that are parties, after the seller and the buyer, who come first. */
const OTHER_PARTIES = ['RappresentanteFiscale', 'TerzoIntermediarioOSoggettoEmittente'];

function parties(view: View, header: Element | undefined): string {
  const block = (name: string, title?: string): string => {
    const party = child(header, name);
    return party ? partyBlock(view, party, title ?? view.label(party)) : '';
  };
  const blocks = [block('CedentePrestatore', view.say(TEXTS.seller)), block('CessionarioCommittente', view.say(TEXTS.buyer)), ...OTHER_PARTIES.map((name) => block(name))].join('');
  return blocks && `<div class="parties">${blocks}</div>`;
}

function transmission(view: View, document: InvoiceDocument): string {
  const data = child(document.header, 'DatiTrasmissione');
  const sender = child(data, 'IdTrasmittente');
  const issuer = child(document.header, 'SoggettoEmittente');
  const items: (readonly [string, string])[] = [];
  if (sender) items.push([view.label(sender), idOf(view, sender)]);
  for (const name of ['ProgressivoInvio', 'FormatoTrasmissione', 'CodiceDestinatario', 'PECDestinatario']) {
    const one = child(data, name);
    if (one) items.push([view.label(one), view.take(one)]);
  }
  if (issuer) items.push([view.label(issuer), view.take(issuer)]);
  if (document.versione !== document.formato) items.push([view.say(TEXTS.version), escapeHtml(document.versione)]);
  if (document.sistemaEmittente) items.push([view.say(TEXTS.emitter), escapeHtml(document.sistemaEmittente)]);
  const rest = document.header ? restOf(view, document.header, 'h3') : '';
  const list = pairs(items, 'facts');
  return list + rest === '' ? '' : `<section class="part small"><h2>${view.say(TEXTS.transmission)}</h2>${list}${rest}</section>`;
}

function contents(view: View, names: readonly DocumentName[]): string {
  const head = [TEXTS.document, TEXTS.date, TEXTS.total].map((text, i) => `<th scope="col"${i === 2 ? ' class="num"' : ''}>${view.say(text)}</th>`).join('');
  const rows = names.map(
    (name, i) =>
      `<tr><th scope="row" data-l="${view.say(TEXTS.document)}"><a href="#doc-${i + 1}">${titleOf(view, name)}</a></th><td class="nb" data-l="${view.say(TEXTS.date)}">${name.date}</td><td class="num" data-l="${view.say(TEXTS.total)}">${name.total}</td></tr>`,
  );
  const title = view.say(TEXTS.inThisFile);
  return `<nav class="part titled" aria-labelledby="contents"><h2 id="contents">${title}</h2><table class="plain"><caption><span class="vh">${title}</span></caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></nav>`;
}

/** Seller's name without marking it as shown: for the title of the window. */
function sellerOf(document: InvoiceDocument): string {
  const seller = child(document.header, 'CedentePrestatore');
  const holder = at(seller, 'DatiAnagrafici/Anagrafica') ?? seller;
  const name = ['Denominazione', 'Nome', 'Cognome'].map((one) => child(holder, one)?.value ?? '').filter(Boolean).join(' ');
  return escapeHtml(name);
}

const withoutTags = (html: string): string => html.replace(/<[^>]*>/g, '');

/**
 * The document as one HTML page that needs nothing else: for the screen from 360 pixels on, and for A4 paper. Every field is in it, the contents of
 * attachments apart. All text of the file is escaped, there is no script, and the page's own policy admits none.
 * A document with faults is shown as far as it was read.
 *
 * @example
 * const reading = readDocument(bytes);
 * if (reading.ok) await writeFile('invoice.html', renderHtml(reading.document, { lang: 'it', fileName: 'IT01234567890_00001.xml' }));
 */
export function renderHtml(document: InvoiceDocument, { lang, fileName, signatures }: ViewOptions): string {
  const base = new View(lang, 'EUR');
  const bodies = document.bodies.map((body) => ({ body, view: base.withCurrency(currencyOf(body)) }));
  const names = bodies.map(({ body, view }) => nameOf(view, body));
  const [only] = names.length === 1 ? names : [];
  const kind = document.schema.kind === 'simplified' ? TEXTS.simplified : TEXTS.einvoice;
  const flow = document.formato === 'FPA12' ? base.say(TEXTS.toPublicBody) : document.formato === 'FPR12' ? base.say(TEXTS.toPrivate) : '';
  const title = only ? titleOf(base, only) : names.length === 0 ? base.say(TEXTS.noDocument) : fill(base.say(TEXTS.lot), { count: names.length });
  const facts = only ? [only.date && `<span>${base.say(TEXTS.dated)} ${only.date}</span>`, only.total && `<span class="headline">${only.total}</span>`].filter(Boolean).join('') : '';
  const over = [base.say(kind), flow, `<span class="code">${document.formato}</span>`].filter(Boolean).join(' · ');
  const articles = bodies.map(({ body, view }, i) => {
    const name = names[i];
    if (!name) return '';
    const heading = only ? '' : `<header class="doc-head"><h2 id="doc-${i + 1}">${titleOf(view, name)}</h2><p>${[name.date, name.total].filter(Boolean).join(' · ')}</p></header>`;
    return `<article${only ? '' : ` aria-labelledby="doc-${i + 1}"`}>${heading}${documentParts(view, body, only ? 'h2' : 'h3')}</article>`;
  });
  const plainTitle = [withoutTags(title), sellerOf(document)].filter(Boolean).join(' – ');
  return [
    `<!DOCTYPE html>\n<html lang="${lang}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${VIEW_POLICY}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">`,
    `<title>${plainTitle}</title><style>${STYLE}</style></head><body><div class="sheet">`,
    `<header class="top"><p class="over">${over}</p><h1>${title}</h1>${facts && `<p class="facts-line">${facts}</p>`}</header>`,
    `<main>${parties(base, document.header)}${names.length > 1 ? contents(base, names) : ''}${articles.join('')}${signatureBlock(base, signatures)}${transmission(base, document)}</main>`,
    `<footer><p>${base.say(TEXTS.readable)}</p>${fileName === undefined ? '' : `<p>${base.say(TEXTS.file)} <bdi>${escapeHtml(fileName)}</bdi></p>`}</footer>`,
    `</div></body></html>\n`,
  ].join('');
}

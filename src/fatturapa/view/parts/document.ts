import { all, at, child, type Element, valueOf } from '../../document/model.js';
import { escapeHtml } from '../html.js';
import { restOf } from '../rest.js';
import { pairs } from '../table.js';
import { TEXTS } from '../texts.js';
import type { View } from '../view.js';
import { attachments } from './attachments.js';
import { contributions } from './contributions.js';
import { linesTable, simplifiedLinesTable, unitOf } from './lines.js';
import { payments } from './payments.js';
import { references } from './references.js';
import { headlineTotal, totalsBox, vatTable } from './totals.js';

/** How a document is called: `Fattura n. 2026/101`. Escaped. */
export interface DocumentName {
  readonly kind: string;
  readonly number: string;
  readonly date: string;
  readonly total: string;
}

const generalOf = (body: Element): Element | undefined => at(body, 'DatiGenerali/DatiGeneraliDocumento');

/** The currency that a document is in. */
export function currencyOf(body: Element | undefined): string | undefined {
  return valueOf(child(body && generalOf(body), 'Divisa'));
}

export function nameOf(view: View, body: Element): DocumentName {
  const data = generalOf(body);
  const kind = child(data, 'TipoDocumento');
  const known = kind?.def.type?.codes?.get(kind.value);
  return {
    kind: escapeHtml(known ? view.say(known.label) : kind?.value || view.say(TEXTS.untitled)),
    number: view.take(child(data, 'Numero')),
    date: view.take(child(data, 'Data')),
    total: headlineTotal(view, body),
  };
}

/** `Fattura n. 2026/101`, for a heading. */
export function titleOf(view: View, { kind, number }: DocumentName): string {
  return number === '' ? kind : `${kind} ${view.say(TEXTS.number)} <bdi>${number}</bdi>`;
}

interface PartOptions {
  /** The table below bears the heading's name already, for who cannot see. */
  readonly titled?: boolean;
  /** Beside the heading. Escaped. */
  readonly note?: string;
}

function part(heading: 'h2' | 'h3', title: string, content: string, { titled = false, note = '' }: PartOptions = {}): string {
  if (content === '') return '';
  return `<section class="${titled ? 'part titled' : 'part'}"><${heading}>${title}${note && ` <span class="unit">${note}</span>`}</${heading}>${content}</section>`;
}

function generalData(view: View, body: Element): string {
  const data = generalOf(body);
  const items = ['TipoDocumento', 'Data', 'Numero', 'Divisa', 'Art73'].flatMap((name) => all(data, name)).map((one) => [view.label(one), view.take(one)] as const);
  const causes = all(data, 'Causale');
  const [first] = causes;
  const cause = first ? `<div class="cause"><p class="label">${view.label(first)}</p>${causes.map((one) => `<p>${view.lines(one)}</p>`).join('')}</div>` : '';
  return pairs(items, 'facts') + cause;
}

/** All of one document below its title. What no part takes stands at the end under its labels. */
export function documentParts(view: View, body: Element, heading: 'h2' | 'h3'): string {
  const lines = all(child(body, 'DatiBeniServizi'), 'DettaglioLinee').length > 0 ? linesTable(view, body) : simplifiedLinesTable(view, body);
  const transport = at(body, 'DatiGenerali/DatiTrasporto');
  const small = heading === 'h2' ? 'h3' : 'h4';
  return [
    part(heading, view.say(TEXTS.general), generalData(view, body)),
    part(heading, view.say(TEXTS.goods), lines, { titled: true, note: unitOf(view) }),
    part(heading, view.say(TEXTS.totals), `${vatTable(view, body)}${totalsBox(view, body)}`),
    part(heading, view.say(TEXTS.contributions), contributions(view, body)),
    part(heading, view.say(TEXTS.payment), payments(view, body)),
    part(heading, view.say(TEXTS.references), references(view, body), { titled: true }),
    part(heading, view.say(TEXTS.transport), transport ? restOf(view, transport, small) : ''),
    part(heading, view.say(TEXTS.attachments), attachments(view, body), { titled: true }),
    part(heading, view.say(TEXTS.otherDetails), restOf(view, body, small)),
  ].join('');
}

import { type Element, type InvoiceDocument, all, at, child, valueOf } from '../../document/model.js';
import { oncePerRun } from '../run-memo.js';
import type { BodyFacts, Cassa, Goods, Line, Summary } from './body-facts.js';
import { amountOf } from './values.js';

const NONE: readonly never[] = [];
const POINT = 46;
const DIGIT_0 = 48;

/** `all`, without making a list where there is nothing: most lines have no discount. */
function several(element: Element | undefined, name: string): readonly Element[] {
  return child(element, name) ? all(element, name) : NONE;
}

/** A rate as a whole number of hundredths: exact, and the same for 4.00 and 004.00. The type of a rate has one to three digits, a point and two digits. */
function rateOf(aliquota: Element | undefined): number | undefined {
  if (!aliquota?.valid) return undefined;
  const { value } = aliquota;
  let hundredths = 0;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code !== POINT) hundredths = hundredths * 10 + code - DIGIT_0;
  }
  return hundredths;
}

type Found = { -readonly [key in keyof Line]: Line[key] };

/** In one pass over the children: a file may have sixteen thousand lines. Where the structure is broken and a child repeats, the first counts. */
function line(element: Element): Line {
  const found: Found = { element, aliquota: undefined, rate: undefined, natura: undefined, quantita: undefined, prezzoUnitario: undefined, prezzoTotale: undefined, quantity: undefined, price: undefined, total: undefined, ritenuta: undefined, sconti: NONE, altriDati: NONE };
  for (const one of element.children) {
    switch (one.def.name) {
      case 'Quantita':
        found.quantity = amountOf((found.quantita ??= one));
        break;
      case 'PrezzoUnitario':
        found.price = amountOf((found.prezzoUnitario ??= one));
        break;
      case 'PrezzoTotale':
        found.total = amountOf((found.prezzoTotale ??= one));
        break;
      case 'AliquotaIVA':
        found.aliquota ??= one;
        break;
      case 'Natura':
        found.natura ??= one;
        break;
      case 'Ritenuta':
        found.ritenuta ??= one;
        break;
      case 'ScontoMaggiorazione':
        if (found.sconti === NONE) found.sconti = all(element, 'ScontoMaggiorazione');
        break;
      case 'AltriDatiGestionali':
        if (found.altriDati === NONE) found.altriDati = all(element, 'AltriDatiGestionali');
        break;
    }
  }
  found.rate = rateOf(found.aliquota);
  return found;
}

function cassa(element: Element): Cassa {
  const aliquota = child(element, 'AliquotaIVA');
  return { element, aliquota, rate: rateOf(aliquota), natura: child(element, 'Natura'), importo: child(element, 'ImportoContributoCassa'), ritenuta: child(element, 'Ritenuta') };
}

function summary(element: Element): Summary {
  const aliquota = child(element, 'AliquotaIVA');
  return {
    element,
    aliquota,
    rate: rateOf(aliquota),
    natura: child(element, 'Natura'),
    imponibile: child(element, 'ImponibileImporto'),
    imposta: child(element, 'Imposta'),
    arrotondamento: child(element, 'Arrotondamento'),
    esigibilita: child(element, 'EsigibilitaIVA'),
  };
}

function goods(element: Element): Goods {
  const datiIva = child(element, 'DatiIVA');
  const aliquota = child(datiIva, 'Aliquota');
  return { element, aliquota, rate: rateOf(aliquota), natura: child(element, 'Natura'), importo: child(element, 'Importo'), datiIva, imposta: child(datiIva, 'Imposta') };
}

function body(element: Element, isSimplified: boolean): BodyFacts {
  const generali = child(element, 'DatiGenerali');
  const documento = child(generali, 'DatiGeneraliDocumento');
  const beniServizi = isSimplified ? undefined : child(element, 'DatiBeniServizi');
  return {
    element,
    documento,
    tipo: valueOf(child(documento, 'TipoDocumento')),
    data: child(documento, 'Data'),
    numero: child(documento, 'Numero'),
    ritenute: several(documento, 'DatiRitenuta'),
    casse: several(documento, 'DatiCassaPrevidenziale').map(cassa),
    sconti: several(documento, 'ScontoMaggiorazione'),
    collegate: several(generali, 'DatiFattureCollegate'),
    beniServizi,
    lines: several(beniServizi, 'DettaglioLinee').map(line),
    summaries: several(beniServizi, 'DatiRiepilogo').map(summary),
    goods: isSimplified ? several(element, 'DatiBeniServizi').map(goods) : NONE,
    rettificata: child(generali, 'DatiFatturaRettificata'),
  };
}

/** The facts of each body, gathered once per run and shared by all checks. */
export const bodyFactsOf: (document: InvoiceDocument) => readonly BodyFacts[] = oncePerRun(({ bodies, schema }) => bodies.map((element) => body(element, schema.kind === 'simplified')));

/** RegimeFiscale of the seller, which a few rules on bodies look at. */
export function regimeFiscaleOf(document: InvoiceDocument): Element | undefined {
  return at(document.header, document.schema.kind === 'simplified' ? 'CedentePrestatore/RegimeFiscale' : 'CedentePrestatore/DatiAnagrafici/RegimeFiscale');
}

import type { Decimal } from '../../decimal/index.js';
import { type Element, type InvoiceDocument, all, at, child, valueOf } from '../../document/model.js';
import { oncePerRun } from '../run-memo.js';
import { amountOf } from './values.js';

/** What carries a VAT rate: a line, a cassa, a summary, a good of a simplified document. */
export interface Taxed {
  readonly element: Element;
  /** AliquotaIVA; simplified: DatiIVA/Aliquota. */
  readonly aliquota: Element | undefined;
  /** The rate in hundredths of a percent (22.00 is 2200); undefined when it is missing or no rate. */
  readonly rate: number | undefined;
  readonly natura: Element | undefined;
}

/** DettaglioLinee. */
export interface Line extends Taxed {
  readonly quantita: Element | undefined;
  readonly prezzoUnitario: Element | undefined;
  readonly prezzoTotale: Element | undefined;
  /** The numbers of these three; undefined when the element is missing or holds none. */
  readonly quantity: Decimal | undefined;
  readonly price: Decimal | undefined;
  readonly total: Decimal | undefined;
  readonly ritenuta: Element | undefined;
  /** ScontoMaggiorazione, in the order of the file. */
  readonly sconti: readonly Element[];
  /** AltriDatiGestionali. */
  readonly altriDati: readonly Element[];
}

/** DatiCassaPrevidenziale. */
export interface Cassa extends Taxed {
  readonly importo: Element | undefined;
  readonly ritenuta: Element | undefined;
}

/** DatiRiepilogo. */
export interface Summary extends Taxed {
  readonly imponibile: Element | undefined;
  readonly imposta: Element | undefined;
  readonly arrotondamento: Element | undefined;
  readonly esigibilita: Element | undefined;
}

/** DatiBeniServizi of a simplified document. */
export interface Goods extends Taxed {
  readonly importo: Element | undefined;
  readonly datiIva: Element | undefined;
  readonly imposta: Element | undefined;
}

/** What checks ask of one body, found once. Lists are in the order of the file. */
export interface BodyFacts {
  readonly element: Element;
  /** DatiGeneraliDocumento. */
  readonly documento: Element | undefined;
  readonly tipo: string | undefined;
  readonly data: Element | undefined;
  readonly numero: Element | undefined;
  readonly ritenute: readonly Element[];
  readonly casse: readonly Cassa[];
  /** ScontoMaggiorazione of the document. */
  readonly sconti: readonly Element[];
  /** DatiFattureCollegate. */
  readonly collegate: readonly Element[];
  /** DatiBeniServizi of an ordinary document. */
  readonly beniServizi: Element | undefined;
  readonly lines: readonly Line[];
  readonly summaries: readonly Summary[];
  /** DatiBeniServizi of a simplified document. */
  readonly goods: readonly Goods[];
  /** DatiFatturaRettificata of a simplified document. */
  readonly rettificata: Element | undefined;
}

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

import { type Element, type InvoiceDocument, all, at, child, valueOf } from '../../document/model.js';

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

/** `all`, without making a list where there is nothing: most lines have no discount. */
function several(element: Element | undefined, name: string): readonly Element[] {
  return child(element, name) ? all(element, name) : NONE;
}

const RATE = /^[0-9]{1,3}\.[0-9]{2}$/;

/** A rate as a whole number of hundredths: exact, and the same for 4.00 and 004.00. */
function rateOf(aliquota: Element | undefined): number | undefined {
  const value = valueOf(aliquota);
  if (value === undefined || !RATE.test(value)) return undefined;
  return Number(value.slice(0, -3)) * 100 + Number(value.slice(-2));
}

function line(element: Element): Line {
  const aliquota = child(element, 'AliquotaIVA');
  return {
    element,
    aliquota,
    rate: rateOf(aliquota),
    natura: child(element, 'Natura'),
    quantita: child(element, 'Quantita'),
    prezzoUnitario: child(element, 'PrezzoUnitario'),
    prezzoTotale: child(element, 'PrezzoTotale'),
    ritenuta: child(element, 'Ritenuta'),
    sconti: several(element, 'ScontoMaggiorazione'),
    altriDati: several(element, 'AltriDatiGestionali'),
  };
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

const FACTS = new WeakMap<InvoiceDocument, readonly BodyFacts[]>();

/** The facts of each body, gathered at the first call for a document and shared by all checks. */
export function bodyFactsOf(document: InvoiceDocument): readonly BodyFacts[] {
  const known = FACTS.get(document);
  if (known) return known;
  const facts = document.bodies.map((element) => body(element, document.schema.kind === 'simplified'));
  FACTS.set(document, facts);
  return facts;
}

/** RegimeFiscale of the seller, which a few rules on bodies look at. */
export function regimeFiscaleOf(document: InvoiceDocument): Element | undefined {
  return at(document.header, document.schema.kind === 'simplified' ? 'CedentePrestatore/RegimeFiscale' : 'CedentePrestatore/DatiAnagrafici/RegimeFiscale');
}

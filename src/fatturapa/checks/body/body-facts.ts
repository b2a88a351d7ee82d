import type { Decimal } from '../../decimal/index.js';
import type { Element } from '../../document/model.js';

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

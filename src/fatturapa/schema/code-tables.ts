import * as document from './codes/document.js';
import * as freeText from './codes/free-text.js';
import * as parties from './codes/parties.js';
import * as payment from './codes/payment.js';
import * as transmission from './codes/transmission.js';
import * as vat from './codes/vat.js';
import * as withholding from './codes/withholding.js';

/** Every code table, under the name of its element; those of the simplified format alone end in `FSM10`. */
export const CODE_TABLES = Object.freeze({
  FormatoTrasmissione: transmission.FORMATO_TRASMISSIONE,
  FormatoTrasmissioneFSM10: transmission.FORMATO_TRASMISSIONE_FSM10,
  SoggettoEmittente: transmission.SOGGETTO_EMITTENTE,
  RegimeFiscale: parties.REGIME_FISCALE,
  SocioUnico: parties.SOCIO_UNICO,
  StatoLiquidazione: parties.STATO_LIQUIDAZIONE,
  TipoDocumento: document.TIPO_DOCUMENTO,
  TipoDocumentoFSM10: document.TIPO_DOCUMENTO_FSM10,
  Art73: document.ART73,
  BolloVirtuale: document.BOLLO_VIRTUALE,
  TipoRitenuta: withholding.TIPO_RITENUTA,
  Ritenuta: withholding.RITENUTA,
  CausalePagamento: withholding.CAUSALE_PAGAMENTO,
  TipoCassa: withholding.TIPO_CASSA,
  TipoScontoMaggiorazione: document.TIPO_SCONTO_MAGGIORAZIONE,
  TipoCessionePrestazione: document.TIPO_CESSIONE_PRESTAZIONE,
  Natura: vat.NATURA,
  NaturaFSM10: vat.NATURA_FSM10,
  EsigibilitaIVA: vat.ESIGIBILITA_IVA,
  CondizioniPagamento: payment.CONDIZIONI_PAGAMENTO,
  ModalitaPagamento: payment.MODALITA_PAGAMENTO,
});

export type CodeTableName = keyof typeof CODE_TABLES;

/** What is agreed for elements of free text, under the name of the element. Any other value is as good to the schema. */
export const FREE_TEXT_CODES = Object.freeze({ TipoDato: freeText.TIPO_DATO, CodiceTipo: freeText.CODICE_TIPO });

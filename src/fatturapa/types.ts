/** FPA12 public administration, FPR12 private, FSM10 simplified (sdi.md 1.2). */
export const FORMATI_TRASMISSIONE = ['FPA12', 'FPR12', 'FSM10'] as const;
export type FormatoTrasmissione = (typeof FORMATI_TRASMISSIONE)[number];

export interface Party {
  /** Denominazione, or Nome and Cognome. */
  readonly name: string;
  readonly idPaese?: string;
  readonly idCodice?: string;
  readonly codiceFiscale?: string;
}

/** One body of the file. */
export interface DocumentHead {
  /** From 1. */
  readonly position: number;
  readonly tipoDocumento: string;
  readonly numero: string;
  /** YYYY-MM-DD. */
  readonly data: string;
  readonly divisa?: string;
  /** Exact decimal text. */
  readonly importoTotaleDocumento?: string;
}

/** What the service needs to know of an invoice file to carry it. */
export interface InvoiceHead {
  readonly formatoTrasmissione: FormatoTrasmissione;
  readonly versione: string;
  readonly idTrasmittente: { readonly idPaese: string; readonly idCodice: string };
  readonly progressivoInvio: string;
  readonly codiceDestinatario: string;
  readonly pecDestinatario?: string;
  readonly cedentePrestatore: Party;
  readonly cessionarioCommittente: Party;
  readonly documents: readonly DocumentHead[];
}

export type Severity = 'error' | 'warning' | 'hint';

/** One change that a program can make to mend a file. Paths are XPaths with indexes, as in findings. */
export type Patch =
  | { readonly op: 'replace'; readonly path: string; readonly value: string }
  /** `path` is the element to be; its parent exists, and its place among the siblings follows from the schema table. */
  | { readonly op: 'add'; readonly path: string; readonly value: string }
  | { readonly op: 'remove'; readonly path: string };

/** The same shape as `Finding` in the platform, so that findings pass through unchanged. */
export interface FatturapaFinding {
  /** SdI's own code where it has one, else a word. */
  readonly code: string;
  /** Tells apart what SdI's code lumps together: 00200 is said of a file that is no XML as of one with a wrong digit. */
  readonly reason?: 'malformed-xml' | 'wrong-root';
  readonly severity: Severity;
  readonly path?: string;
  /** Where in the JSON form, when the document came as JSON (JSON pointer, RFC 6901). */
  readonly pointer?: string;
  readonly line?: number;
  readonly column?: number;
  readonly value?: string;
  readonly message: { readonly it: string; readonly en: string };
  readonly fix?: { readonly it: string; readonly en: string };
  /** How a program can mend it, where there is exactly one right value. */
  readonly patch?: readonly Patch[];
}

export type InvoiceReading = { readonly ok: true; readonly head: InvoiceHead } | { readonly ok: false; readonly findings: readonly FatturapaFinding[] };

import { BODY, CODICE_DESTINATARIO_LENGTH, type FieldName, kindOf, type Shape } from './fields.js';
import { findings } from './findings.js';
import { type DocumentHead, FORMATI_TRASMISSIONE, type FatturapaFinding, type FormatoTrasmissione, type InvoiceReading, type Party } from './types.js';

/** One field as it stands in the file. */
export interface Read {
  readonly field: FieldName;
  readonly element: string;
  readonly value: string;
  /** 0 in the header, else the number of the body. */
  readonly body: number;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Parts {
  readonly shape: Shape;
  readonly versione: string | undefined;
  readonly rootPlace: Place;
  readonly reads: readonly Read[];
  readonly bodies: readonly ({ readonly path: string } & Place)[];
}

/** From the fields that were read to the head, or what is missing and what does not fit together. */
export function headFrom(parts: Parts): InvoiceReading {
  const { shape, reads, bodies } = parts;
  const found: FatturapaFinding[] = [];
  const root = `/${shape.root}`;
  const byBody = new Map<number, Map<FieldName, Read[]>>();
  for (const read of reads) {
    const group = byBody.get(read.body) ?? new Map<FieldName, Read[]>();
    byBody.set(read.body, group);
    const same = group.get(read.field);
    if (!same) group.set(read.field, [read]);
    else {
      if (!shape.fields[read.field]?.repeats) found.push(findings.repeated(read, read.element));
      same.push(read);
    }
  }
  const all = (body: number, field: FieldName): readonly Read[] => byBody.get(body)?.get(field) ?? [];
  const value = (field: FieldName, body = 0): string | undefined => all(body, field)[0]?.value;

  const demand = (body: number, prefix: string, place: Place): void => {
    for (const [name, field] of Object.entries(shape.fields)) {
      if (!field.required || field.path.startsWith(`${BODY}/`) !== body > 0 || all(body, name as FieldName).length > 0) continue;
      const path = body > 0 ? `${prefix}${field.path.slice(BODY.length)}` : `${prefix}/${field.path}`;
      found.push(findings.missing({ path, line: place.line, column: place.column }, path.slice(path.lastIndexOf('/') + 1), kindOf(field.kind)));
    }
  };
  demand(0, root, parts.rootPlace);
  if (bodies.length === 0) found.push(findings.missing({ path: `${root}/${BODY}`, ...parts.rootPlace }, BODY, { it: 'il corpo della fattura', en: 'the body of the invoice' }));
  bodies.forEach((body, index) => demand(index + 1, body.path, body));

  const cedentePrestatore = party('cedente', value);
  const cessionarioCommittente = party('cessionario', value);
  if (!cedentePrestatore.named && shape.sellerName.required) found.push(findings.missingName({ path: `${root}/${shape.sellerName.path}`, ...parts.rootPlace }));
  if (!cessionarioCommittente.named && shape.buyerName.required) found.push(findings.missingName({ path: `${root}/${shape.buyerName.path}`, ...parts.rootPlace }));

  const formato = all(0, 'formatoTrasmissione')[0];
  if (formato && isFormato(formato.value)) {
    if (!shape.formati.includes(formato.value)) found.push(findings.formatNotOfRoot(formato, shape.root, shape.formati));
    if (parts.versione !== formato.value) found.push(findings.versionMismatch({ path: `${root}/@versione`, ...parts.rootPlace, value: parts.versione ?? '' }, formato.value));
    const destinatario = all(0, 'codiceDestinatario')[0];
    const length = CODICE_DESTINATARIO_LENGTH[formato.value];
    if (destinatario && destinatario.value.length !== length && /^[A-Z0-9]{6,7}$/.test(destinatario.value)) found.push(findings.codiceDestinatarioLength(destinatario, formato.value, length));
  }
  if (found.length > 0 || !formato || !isFormato(formato.value)) return { ok: false, findings: found };

  const pecDestinatario = value('pecDestinatario');
  return {
    ok: true,
    head: {
      formatoTrasmissione: formato.value,
      versione: parts.versione ?? '',
      idTrasmittente: { idPaese: value('idTrasmittentePaese') ?? '', idCodice: value('idTrasmittenteCodice') ?? '' },
      progressivoInvio: value('progressivoInvio') ?? '',
      codiceDestinatario: value('codiceDestinatario') ?? '',
      ...(pecDestinatario !== undefined && { pecDestinatario }),
      cedentePrestatore: cedentePrestatore.party,
      cessionarioCommittente: cessionarioCommittente.party,
      documents: bodies.map((_, index) => documentHead(index + 1, value, all)),
    },
  };
}

function isFormato(value: string): value is FormatoTrasmissione {
  return (FORMATI_TRASMISSIONE as readonly string[]).includes(value);
}

/** A party without any name (allowed for the buyer of a simplified invoice) is called by its id. */
function party(prefix: 'cedente' | 'cessionario', value: (field: FieldName) => string | undefined): { party: Party; named: boolean } {
  const denominazione = value(`${prefix}Denominazione`);
  const nome = value(`${prefix}Nome`);
  const cognome = value(`${prefix}Cognome`);
  const idPaese = value(`${prefix}Paese`);
  const idCodice = value(`${prefix}Codice`);
  const codiceFiscale = value(`${prefix}CodiceFiscale`);
  const person = nome !== undefined && cognome !== undefined ? `${nome} ${cognome}` : undefined;
  const name = denominazione ?? person;
  return {
    named: name !== undefined,
    party: {
      name: name ?? (idCodice !== undefined ? `${idPaese ?? ''}${idCodice}` : (codiceFiscale ?? '')),
      ...(idPaese !== undefined && { idPaese }),
      ...(idCodice !== undefined && { idCodice }),
      ...(codiceFiscale !== undefined && { codiceFiscale }),
    },
  };
}

function documentHead(position: number, value: (field: FieldName, body?: number) => string | undefined, all: (body: number, field: FieldName) => readonly Read[]): DocumentHead {
  const divisa = value('divisa', position);
  // A simplified invoice states no total: it is the sum of its lines' Importo (SdI check 00460).
  const importoTotaleDocumento = value('importoTotale', position) ?? sumOfAmounts(all(position, 'importo').map((read) => read.value));
  return {
    position,
    tipoDocumento: value('tipoDocumento', position) ?? '',
    numero: value('numero', position) ?? '',
    data: (value('data', position) ?? '').slice(0, 10),
    ...(divisa !== undefined && { divisa }),
    ...(importoTotaleDocumento !== undefined && { importoTotaleDocumento }),
  };
}

/** Exact sum of amounts with two decimals. */
function sumOfAmounts(amounts: readonly string[]): string | undefined {
  if (amounts.length === 0) return undefined;
  const cents = amounts.reduce((sum, amount) => sum + (/^-?\d+\.\d{2}$/.test(amount) ? BigInt(amount.replace('.', '')) : 0n), 0n);
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

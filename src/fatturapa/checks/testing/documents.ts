import type { ElementDef } from '../../schema/types.js';
import { schemaOf } from '../../schema/index.js';
import type { FormatoTrasmissione, Patch } from '../../types.js';
import { type Fields, FPA12, FPR12, FSM10 } from './base-documents.js';

/** When the documents of the tests reach SdI, unless a case says otherwise: two days after their date. */
export const RECEIVED = new Date('2026-06-03T10:00:00Z');

interface Node {
  readonly name: string;
  readonly value?: string;
  readonly children: readonly Node[];
}

export type Content = string | Fields;

/** Short names for the places that tests edit most; an index stays on the last part: `Linee[2]/Natura`. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  Header: ['FatturaElettronicaHeader'],
  Trasmissione: ['FatturaElettronicaHeader', 'DatiTrasmissione'],
  Cedente: ['FatturaElettronicaHeader', 'CedentePrestatore'],
  Cessionario: ['FatturaElettronicaHeader', 'CessionarioCommittente'],
  Body: ['FatturaElettronicaBody'],
  Generali: ['FatturaElettronicaBody', 'DatiGenerali'],
  Documento: ['FatturaElettronicaBody', 'DatiGenerali', 'DatiGeneraliDocumento'],
  Cassa: ['FatturaElettronicaBody', 'DatiGenerali', 'DatiGeneraliDocumento', 'DatiCassaPrevidenziale'],
  Beni: ['FatturaElettronicaBody', 'DatiBeniServizi'],
  Linee: ['FatturaElettronicaBody', 'DatiBeniServizi', 'DettaglioLinee'],
  Riepilogo: ['FatturaElettronicaBody', 'DatiBeniServizi', 'DatiRiepilogo'],
  Pagamento: ['FatturaElettronicaBody', 'DatiPagamento'],
};

interface Step {
  readonly name: string;
  /** From 1. */
  readonly index: number;
}

function steps(path: string): readonly Step[] {
  return path.split('/').flatMap((part, depth) => {
    const match = /^([A-Za-z0-9]+)(?:\[([0-9]+)\])?$/.exec(part);
    if (!match?.[1]) throw new Error(`no path: ${path}`);
    const names = (depth === 0 ? PLACES[match[1]] : undefined) ?? [match[1]];
    return names.map((name, place) => ({ name, index: place === names.length - 1 ? Number(match[2] ?? 1) : 1 }));
  });
}

function nodes(fields: Fields): readonly Node[] {
  return Object.entries(fields).flatMap(([name, content]) => (Array.isArray(content) ? content : [content]).map((one: Content) => node(name, one)));
}

function node(name: string, content: Content): Node {
  return typeof content === 'string' ? { name, value: content, children: [] } : { name, children: nodes(content) };
}

type Change = (siblings: readonly Node[], own: Step) => readonly Node[];

function nth(siblings: readonly Node[], { name, index }: Step): number {
  let seen = 0;
  return siblings.findIndex((one) => one.name === name && ++seen === index);
}

/** Applies a change to the siblings at the end of a path; elements on the way that are missing are made. */
function changed(siblings: readonly Node[], path: readonly Step[], change: Change): readonly Node[] {
  const [own, ...rest] = path;
  if (!own) return siblings;
  if (rest.length === 0) return change(siblings, own);
  const place = nth(siblings, own);
  const found = siblings[place] ?? { name: own.name, children: [] };
  const next = { ...found, children: changed(found.children, rest, change) };
  return place < 0 ? [...siblings, next] : siblings.with(place, next);
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Children stand in the order of the schema, those that it does not know last. */
function ordered(children: readonly Node[], def: ElementDef | undefined): readonly Node[] {
  const rank = new Map(def?.children.map((one, index) => [one.name, index]));
  return children.toSorted((a, b) => (rank.get(a.name) ?? Infinity) - (rank.get(b.name) ?? Infinity) || 0);
}

function written({ name, value, children }: Node, def: ElementDef | undefined, indent: string): string {
  if (value !== undefined) return `${indent}<${name}>${escaped(value)}</${name}>\n`;
  return `${indent}<${name}>\n${ordered(children, def).map((one) => written(one, def?.child(one.name), `${indent}  `)).join('')}${indent}</${name}>\n`;
}

/**
 * A document for tests, made by small edits of a base document that nothing is found in. Every edit gives a new document, and what is added
 * stands where the schema table wants it.
 * @example ordinary().set('Linee/AliquotaIVA', '0.00').append('Riepilogo', { AliquotaIVA: '0.00', Natura: 'N4', ImponibileImporto: '0.00', Imposta: '0.00' }).bytes()
 */
export class TestDocument {
  private constructor(
    readonly formato: FormatoTrasmissione,
    private readonly content: readonly Node[],
    private readonly versione: string,
    private readonly edits: readonly ((xml: string) => string)[],
  ) {}

  static of(formato: FormatoTrasmissione, base: Fields): TestDocument {
    return new TestDocument(formato, nodes(base), formato, []);
  }

  #with(content: readonly Node[], versione = this.versione, edits = this.edits): TestDocument {
    return new TestDocument(this.formato, content, versione, edits);
  }

  /** Gives an element its content, and makes it when it is not there. */
  set(path: string, content: Content): TestDocument {
    return this.#with(
      changed(this.content, steps(path), (siblings, own) => {
        const place = nth(siblings, own);
        const next = node(own.name, content);
        return place < 0 ? [...siblings, next] : siblings.with(place, next);
      }),
    );
  }

  /** Sets several elements below one. */
  setAll(path: string, fields: Readonly<Record<string, Content>>): TestDocument {
    return Object.entries(fields).reduce<TestDocument>((document, [name, content]) => document.set(`${path}/${name}`, content), this);
  }

  /** Adds one more element of this name. */
  append(path: string, content: Content): TestDocument {
    return this.#with(changed(this.content, steps(path), (siblings, own) => [...siblings, node(own.name, content)]));
  }

  remove(path: string): TestDocument {
    return this.#with(
      changed(this.content, steps(path), (siblings, own) => {
        const place = nth(siblings, own);
        if (place < 0) throw new Error(`nothing to remove at ${path}`);
        return siblings.toSpliced(place, 1);
      }),
    );
  }

  /** Mends the document as a finding says. */
  patched(patches: readonly Patch[]): TestDocument {
    return patches.reduce<TestDocument>((document, patch) => {
      const path = patch.path.split('/').slice(2).join('/');
      if (patch.op === 'replace' && path === '@versione') return document.withVersione(patch.value);
      return patch.op === 'remove' ? document.remove(path) : document.set(path, patch.value);
    }, this);
  }

  /** Adds the bodies of another document: a lot. */
  and(other: TestDocument): TestDocument {
    return this.#with([...this.content, ...other.content.filter(({ name }) => name === 'FatturaElettronicaBody')]);
  }

  /** The root's attribute `versione`. */
  withVersione(versione: string): TestDocument {
    return this.#with(this.content, versione);
  }

  /** Changes the XML text itself, last of all. */
  raw(edit: (xml: string) => string): TestDocument {
    return this.#with(this.content, this.versione, [...this.edits, edit]);
  }

  xml(): string {
    const { root, namespace } = schemaOf(this.formato);
    const content = ordered(this.content, root).map((one) => written(one, root.child(one.name), '  ')).join('');
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<p:${root.name} xmlns:p="${namespace}" versione="${this.versione}">\n${content}</p:${root.name}>\n`;
    return this.edits.reduce((text, edit) => edit(text), xml);
  }

  bytes(): Buffer {
    return Buffer.from(this.xml());
  }
}

/** A valid private invoice (FPR12): one line of 100.00 at 22 %, paid by transfer. */
export const ordinary = (): TestDocument => TestDocument.of('FPR12', FPR12);

/** The same to a public administration (FPA12), with split payment, CIG and CUP. */
export const publicAdministration = (): TestDocument => TestDocument.of('FPA12', FPA12);

/** A valid simplified invoice (FSM10) of 122.00. */
export const simplified = (): TestDocument => TestDocument.of('FSM10', FSM10);

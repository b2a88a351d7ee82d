import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CODE_TABLES, FREE_TEXT_CODES, ORDINARY, SIMPLIFIED, type SchemaTable } from './index.js';

/** Compares what the XSDs do not say (numbers, implied lengths, since and until) with the reference tables. */

const REFERENCE = path.resolve(__dirname, '../../../../shared/reference');

/** RFC 4180, enough for the reference tables. */
function csv(file: string): Record<string, string>[] {
  const rows = readFileSync(path.join(REFERENCE, file), 'utf8').trimEnd().split(/\r?\n/).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? ''));
  const [head = [], ...body] = rows;
  return body.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}

const described = (table: SchemaTable) =>
  table.elements.map(({ number, path: at, min, max, typeName, type }) => ({ number, path: at, min: `${min}`, max: max === Infinity ? 'N' : `${max}`, xsd_type: typeName, min_length: `${type?.minLength ?? ''}`, max_length: `${type?.maxLength ?? ''}`, min_value: type?.minValue ?? '', max_value: type?.maxValue ?? '' }));

const TABLES = { CausalePagamento: 'CausalePagamento', Natura: 'Natura', NaturaFSM10: 'Natura-FSM10', RegimeFiscale: 'RegimeFiscale', TipoDocumento: 'TipoDocumento', TipoDocumentoFSM10: 'TipoDocumento', FormatoTrasmissione: 'FormatoTrasmissione', FormatoTrasmissioneFSM10: 'FormatoTrasmissione', TipoCassa: 'TipoCassa', TipoRitenuta: 'TipoRitenuta', Ritenuta: 'Ritenuta', Art73: 'Art73', BolloVirtuale: 'BolloVirtuale', TipoScontoMaggiorazione: 'TipoScontoMaggiorazione', TipoCessionePrestazione: 'TipoCessionePrestazione', EsigibilitaIVA: 'EsigibilitaIVA', CondizioniPagamento: 'CondizioniPagamento', ModalitaPagamento: 'ModalitaPagamento', SoggettoEmittente: 'SoggettoEmittente', SocioUnico: 'SocioUnico', StatoLiquidazione: 'StatoLiquidazione' } as const satisfies Record<keyof typeof CODE_TABLES, string>;

describe.runIf(existsSync(REFERENCE))('the table against the reference', () => {
  it.each([
    ['fatturapa-schema.csv', ORDINARY],
    ['fatturapa-simplified-schema.csv', SIMPLIFIED],
  ])('%s', (file, table) => {
    const rows = csv(file).filter((row) => row['kind'] === 'complex' || row['kind'] === 'simple');
    const columns = Object.keys(described(table)[0]!);
    expect(described(table)).toEqual(rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]]))));
  });

  it.each(Object.keys(TABLES) as (keyof typeof TABLES)[])('codes of %s', (name) => {
    const rows = csv(`codes/${TABLES[name]}.csv`);
    for (const entry of CODE_TABLES[name].entries) {
      const row = rows.find((one) => one['code'] === entry.code);
      expect({ code: entry.code, since: entry.since ?? '', until: entry.until ?? '' }).toEqual({ code: row?.['code'], since: row?.['since'], until: row?.['until'] });
    }
  });

  it.each([
    [FREE_TEXT_CODES.TipoDato, 'AltriDatiGestionali-TipoDato'],
    [FREE_TEXT_CODES.CodiceTipo, 'CodiceTipo'],
  ])('agreed values of a free text', (table, file) => {
    const certain = csv(`codes/${file}.csv`).filter((row) => !row['notes']?.startsWith('UNCERTAIN'));
    expect(table.entries.map((entry) => entry.code)).toEqual(certain.map((row) => row['code']));
  });
});

if (!existsSync(REFERENCE)) it.skip('the reference tables are not beside this checkout: nothing is compared with them', () => undefined);

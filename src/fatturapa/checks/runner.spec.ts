import { describe, expect, it, vi } from 'vitest';
import { readDocument } from '../document/index.js';
import { all, at, child } from '../document/model.js';
import { checksRunner } from './runner.js';
import { RECEIVED, ordinary, publicAdministration, simplified, type TestDocument } from './testing/documents.js';
import { addLine } from './testing/exempt.js';
import type { Check } from './types.js';

const CHECK: Check = {
  code: '09999',
  severity: 'error',
  formati: ['FPR12', 'FPA12', 'FSM10'],
  title: { it: 'titolo', en: 'title' },
  reason: { it: 'trovato {found}, serve {asked}', en: 'found {found}, asked {asked}' },
  mend: { it: 'scrivere {asked}', en: 'write {asked}' },
  source: 'a test',
  run: (document, _context, report) => report({ at: at(document.bodies[0], 'DatiGenerali/DatiGeneraliDocumento/Numero'), texts: { asked: { it: 'sì', en: 'yes' } } }),
};
const reported = (checks: readonly Check[], document: TestDocument = ordinary(), instant = RECEIVED) => {
  const reading = readDocument(document.bytes());
  if (!reading.ok) throw new Error('not read');
  return checksRunner(checks)(reading.document, { at: instant });
};

describe('checksRunner', () => {
  it('says where, what and how to mend it, in both languages', () => {
    const document = ordinary();
    const line = document.xml().split('\n').findIndex((text) => text.includes('<Numero>')) + 1;
    expect(reported([CHECK], document)).toEqual([
      {
        code: '09999',
        severity: 'error',
        path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Numero',
        line,
        column: 9,
        value: '2026/1',
        message: { it: 'trovato 2026/1, serve sì', en: 'found 2026/1, asked yes' },
        fix: { it: 'scrivere sì', en: 'write yes' },
      },
    ]);
  });

  it('points at the place of what is missing, with no value', () => {
    const missing: Check = { ...CHECK, run: (document, _context, report) => report({ at: document.bodies[0], missing: 'DatiPagamento' }) };
    const [finding] = reported([missing]);
    expect(finding).toMatchObject({ path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiPagamento', column: 3 });
    expect(finding).not.toHaveProperty('value');
  });

  it('makes a warning with its own texts of what is doubtful', () => {
    const doubtful: Check = { ...CHECK, doubt: { reason: { it: 'forse', en: 'perhaps' }, mend: { it: 'chiedere', en: 'ask' } }, run: (document, _context, report) => report({ at: document.root, doubtful: true }) };
    expect(reported([doubtful])).toMatchObject([{ severity: 'warning', message: { en: 'perhaps' }, fix: { en: 'ask' } }]);
    expect(reported([{ ...doubtful, doubt: undefined }])).toMatchObject([{ severity: 'warning', message: { en: 'found , asked ' } }]);
  });

  it('shows a long value cut', () => {
    const long: Check = { ...CHECK, run: (document, _context, report) => report({ at: document.root, value: '\u{1f600}'.repeat(300), texts: { asked: '' } }) };
    expect([...(reported([long])[0]?.value ?? '')].length).toBe(100);
  });

  it('orders errors, warnings and hints, in each by place', () => {
    const found = (code: string, severity: Check['severity'], path: string): Check => ({ ...CHECK, code, severity, run: (document, _context, report) => report({ at: at(document.root, path) }) });
    const checks = [found('hint', 'hint', 'FatturaElettronicaHeader'), found('late', 'error', 'FatturaElettronicaBody/DatiPagamento'), found('warning', 'warning', 'FatturaElettronicaHeader'), found('early', 'error', 'FatturaElettronicaBody')];
    expect(reported(checks).map(({ code }) => code)).toEqual(['early', 'late', 'warning', 'hint']);
  });

  it('lists fifty of one rule and counts the rest', () => {
    const lines = Array.from({ length: 60 }).reduce<TestDocument>((document) => addLine(document, '22.00', '0.00'), ordinary());
    const each: Check = { ...CHECK, run: (document, _context, report) => all(at(document.bodies[0], 'DatiBeniServizi'), 'DettaglioLinee').forEach((line) => report({ at: child(line, 'AliquotaIVA') })) };
    const findings = reported([each], lines);
    expect(findings).toHaveLength(51);
    expect(findings[49]?.path).toContain('DettaglioLinee[50]');
    expect(findings[50]).toMatchObject({ code: '09999', severity: 'error', message: { it: 'Altre 11 segnalazioni 09999 nello stesso file non sono elencate.' } });
    expect(findings[50]).not.toHaveProperty('path');
    expect(reported([each, CHECK], ordinary())).toHaveLength(2);
  });

  it('applies a check to its formats, document types and days', () => {
    const table = [{ ...CHECK, formati: ['FPA12'], since: '2026-06-03', until: '2026-06-03', tipiDocumento: ['TD01', 'TD04'] } as const];
    expect(reported(table, publicAdministration())).toHaveLength(1);
    expect(reported(table, publicAdministration(), new Date('2026-06-02T21:59:59Z'))).toEqual([]);
    expect(reported(table, publicAdministration(), new Date('2026-06-03T22:00:00Z'))).toEqual([]);
    expect(reported(table, publicAdministration().set('Documento/TipoDocumento', 'TD06'))).toEqual([]);
    expect(reported(table, publicAdministration().set('Documento/TipoDocumento', 'TD06').and(publicAdministration()))).toHaveLength(1);
    expect(reported(table, ordinary())).toEqual([]);
    expect(reported(table, simplified())).toEqual([]);
  });

  it('chooses anew when the day changes', () => {
    const run = checksRunner([{ ...CHECK, since: '2026-06-03' }]);
    const reading = readDocument(ordinary().bytes());
    const on = (instant: string) => (reading.ok ? run(reading.document, { at: new Date(instant) }).length : -1);
    expect([on('2026-06-02T12:00:00Z'), on('2026-06-03T12:00:00Z'), on('2026-06-02T12:00:00Z')]).toEqual([0, 1, 0]);
  });

  it('says that a check failed, and goes on with the others', () => {
    const failing: Check = {
      ...CHECK,
      code: '08888',
      run: () => {
        throw new TypeError('a fault of ours');
      },
    };
    expect(reported([failing, CHECK]).map(({ code, severity, value }) => [code, severity, value])).toEqual([['09999', 'error', '2026/1'], ['check-failed', 'warning', '08888']]);
    const onFault = vi.fn();
    const reading = readDocument(ordinary().bytes());
    if (reading.ok) checksRunner([failing])(reading.document, { at: RECEIVED, onFault });
    expect(onFault).toHaveBeenCalledWith('08888', expect.any(TypeError));
  });
});

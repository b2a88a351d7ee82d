import { describe, expect, it } from 'vitest';
import type { InvoiceHead } from '../../fatturapa/index.js';
import { PAUSE } from '../outcomes/plans.js';
import { planAnswers } from './answers.js';

const head = (formato: 'FPA12' | 'FPR12', ...numbers: string[]): InvoiceHead => ({
  formatoTrasmissione: formato,
  versione: formato,
  idTrasmittente: { idPaese: 'IT', idCodice: '09876543217' },
  progressivoInvio: '1',
  codiceDestinatario: formato === 'FPA12' ? 'ABC123' : '0000000',
  cedentePrestatore: { name: 'A' },
  cessionarioCommittente: { name: 'B' },
  documents: numbers.map((numero, index) => ({ position: index + 1, tipoDocumento: 'TD01', numero, data: '2026-11-21' })),
});
const codes = (invoice: InvoiceHead): string[] =>
  planAnswers(invoice).map(({ code, esito, document }) => [code, esito, document].filter((part) => part !== undefined).join(' '));

describe('what SdI will say', () => {
  it.each([
    ['FPR12', ['1'], ['RC']],
    ['FPA12', ['1'], ['RC']],
    ['FPR12', ['1-MC'], ['MC']],
    ['FPA12', ['1-ec02'], ['RC', 'NE EC02']],
    ['FPR12', ['1-EC02'], ['RC']],
    ['FPA12', ['1-AT'], ['MC', 'AT']],
    ['FPA12', ['1-EC01', '2-EC02', '3'], ['RC', 'NE EC01 1', 'NE EC02 2']],
    ['FPA12', ['1', '2-DT'], ['RC', 'DT 2']],
    ['FPA12', ['1-MC', '2-EC01'], ['MC']],
    ['FPR12', ['1-RC', '2-NS00423'], ['NS']],
    ['FPR12', ['1-2026'], ['RC']],
  ] as const)('%s %j', (formato, numbers, expected) => expect(codes(head(formato, ...numbers))).toEqual(expected));

  it('collects every error that a lot asks for', () => {
    expect(planAnswers(head('FPR12', '1-NS00423', '2-NS00400', '3-NS00423'))).toEqual([
      { code: 'NS', after: PAUSE.answer, errors: ['00423', '00400'] },
    ]);
  });
});

import type { RegisterContext } from '../../header/duplicates.js';
import { type CheckCases, cases } from '../cases.js';
import { ordinary, simplified } from '../documents.js';

const NUMERO = '/FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento/Numero';
const numbered = (numero: string) => ordinary().set('Documento/Numero', numero);
const known = (context: Partial<RegisterContext>) => context;

export const HEADER_DUPLICATE_CASES: readonly CheckCases[] = [
  cases(
    '00404',
    {
      'the same document was sent': { document: ordinary(), context: known({ clashes: [{ position: 1, kind: 'same', earlier: { fileName: 'IT09876543217_00001.xml', numero: '2026/1', data: '2026-01-10' } }] }), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Numero' },
      'a near one was sent': { document: ordinary(), context: known({ clashes: [{ position: 1, kind: 'near' }] }), severity: 'warning' },
    },
    { 'nobody knows': ordinary(), 'the register knows none': { document: ordinary(), context: known({ clashes: [] }) } },
  ),
  cases(
    '00409',
    {
      'one number twice': { document: ordinary().and(ordinary()), path: NUMERO },
      'one number three times': { document: ordinary().and(ordinary()).and(ordinary()), count: 2 },
      'on another day of the year': ordinary().and(ordinary().set('Documento/Data', '2026-01-31')),
      'two credit notes': ordinary().set('Documento/TipoDocumento', 'TD04').and(ordinary().set('Documento/TipoDocumento', 'TD04')),
      'simplified': simplified().and(simplified()),
      'article 73, one day': ordinary().set('Documento/Art73', 'SI').and(ordinary().set('Documento/Art73', 'SI')),
      'leading zeros': { document: numbered('2026/001').and(numbered('2026/1')), severity: 'warning', path: NUMERO },
      'letter case': { document: numbered('A1').and(numbered('a1')), severity: 'warning' },
    },
    {
      'two numbers': ordinary().and(numbered('2026/2')),
      'an invoice and a credit note': ordinary().and(ordinary().set('Documento/TipoDocumento', 'TD04')),
      'two years': ordinary().and(ordinary().set('Documento/Data', '2025-12-31')),
      'article 73, on two days': ordinary().set('Documento/Art73', 'SI').and(ordinary().setAll('Documento', { Art73: 'SI', Data: '2026-05-31' })),
      'numbers that only share their digits': numbered('1/2').and(numbered('12')),
    },
  ),
];

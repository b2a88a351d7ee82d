import type { FatturapaFinding } from '../../../src/fatturapa/types.js';

const BODY = '/FatturaElettronica/FatturaElettronicaBody[1]';

/** What a file may be told: one finding of every shape. */
export const FINDINGS: readonly FatturapaFinding[] = [
  {
    code: '00200',
    severity: 'error',
    path: `${BODY}/DatiBeniServizi/DettaglioLinee[2]/PrezzoUnitario`,
    line: 84,
    column: 9,
    value: '12,50',
    message: { it: 'PrezzoUnitario non è un decimale: la virgola non è ammessa.', en: 'PrezzoUnitario is no decimal: a comma is not allowed.' },
    fix: { it: 'Scrivere 12.50 con il punto.', en: 'Write 12.50 with a dot.' },
    patch: [{ op: 'replace', path: `${BODY}/DatiBeniServizi/DettaglioLinee[2]/PrezzoUnitario`, value: '12.50' }],
  },
  {
    code: '00400',
    severity: 'error',
    path: `${BODY}/DatiBeniServizi/DettaglioLinee[3]`,
    line: 96,
    column: 7,
    message: { it: 'L’aliquota è zero e manca Natura.', en: 'The rate is zero and Natura is missing.' },
    fix: { it: 'Aggiungere Natura N4.', en: 'Add Natura N4.' },
    patch: [
      { op: 'add', path: `${BODY}/DatiBeniServizi/DettaglioLinee[3]/Natura`, value: 'N4' },
      { op: 'remove', path: `${BODY}/DatiBeniServizi/DettaglioLinee[3]/Ritenuta` },
    ],
  },
  {
    code: '00423',
    severity: 'warning',
    path: `${BODY}/DatiBeniServizi/DettaglioLinee[1]/PrezzoTotale`,
    line: 71,
    column: 9,
    value: '100.01',
    message: { it: 'PrezzoTotale è 100.01, ma 3 × 33.333 dà 99.999: la differenza è al limite della tolleranza.', en: 'PrezzoTotale is 100.01, but 3 × 33.333 makes 99.999: the difference is at the edge of the tolerance.' },
    fix: { it: 'Scrivere 100.00.', en: 'Write 100.00.' },
    patch: [{ op: 'replace', path: `${BODY}/DatiBeniServizi/DettaglioLinee[1]/PrezzoTotale`, value: '100.00' }],
  },
  {
    code: 'stamp-duty',
    severity: 'hint',
    path: `${BODY}/DatiGenerali/DatiGeneraliDocumento`,
    line: 40,
    column: 5,
    message: { it: 'Importi esenti oltre 77,47 euro senza bollo.', en: 'Exempt amounts over 77.47 euro without stamp duty.' },
    fix: { it: 'Indicare DatiBollo, se il bollo è dovuto.', en: 'State DatiBollo if the duty is due.' },
  },
  {
    code: 'long-value',
    severity: 'hint',
    pointer: '/FatturaElettronica/FatturaElettronicaBody/0/DatiGenerali/DatiGeneraliDocumento/Causale/0',
    value: 'Fornituraconsegnataafranco'.repeat(12),
    message: { it: 'La causale è una parola sola di 312 caratteri.', en: 'The reason is one word of 312 characters.' },
  },
];

/** Of an invoice that was sent: nothing hindered it. */
export const SENT_FINDINGS = FINDINGS.filter(({ severity }) => severity !== 'error');

import { type CheckCases, cases } from '../cases.js';
import { type Content, type TestDocument, ordinary, publicAdministration } from '../documents.js';
import { addLine, addSummary, exempt, withCassa } from '../exempt.js';

const BODY = '/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi';

/** One summary with these amounts, and the line that it sums. */
const summary = (rate: string, base: string, tax: string): TestDocument =>
  ordinary().setAll('Linee', { PrezzoUnitario: base, PrezzoTotale: base, AliquotaIVA: rate }).setAll('Riepilogo', { AliquotaIVA: rate, ImponibileImporto: base, Imposta: tax });

/** One line with these amounts. */
function line(unitPrice: string, quantity: string | undefined, total: string, ...discounts: readonly Content[]): TestDocument {
  const document = ordinary().setAll('Linee', { PrezzoUnitario: unitPrice, PrezzoTotale: total });
  const counted = quantity === undefined ? document.remove('Linee/Quantita') : document.set('Linee/Quantita', quantity);
  return discounts.reduce<TestDocument>((made, discount) => made.append('Linee/ScontoMaggiorazione', discount), counted);
}
const less = (percentage: string): Content => ({ Tipo: 'SC', Percentuale: percentage });
const more = (percentage: string): Content => ({ Tipo: 'MG', Percentuale: percentage });
const lessBy = (amount: string): Content => ({ Tipo: 'SC', Importo: amount });
const moreBy = (amount: string): Content => ({ Tipo: 'MG', Importo: amount });

export const AMOUNT_CASES: readonly CheckCases[] = [
  cases(
    '00421',
    {
      'two cents too much': { document: summary('22.00', '100.00', '22.02'), path: `${BODY}/DatiRiepilogo[1]/Imposta`, patched: true },
      'two cents too little': { document: summary('22.00', '100.00', '21.98'), patched: true },
      'a cent too much is at the limit': { document: summary('22.00', '100.00', '22.01'), severity: 'warning', patched: true },
      'a cent too little': { document: summary('22.00', '100.00', '21.99'), severity: 'warning' },
      'a half, rounded down twice': { document: summary('5.00', '0.50', '0.01'), severity: 'error', patched: true },
      'a negative half, by two cents': { document: summary('5.00', '-0.50', '-0.05'), severity: 'error', patched: false },
      'a negative half, two cents from one reading and one from the other': { document: summary('5.00', '-0.50', '-0.01'), severity: 'warning', patched: false },
      'a tax where there is none': { document: exempt().set('Riepilogo/Imposta', '22.00'), patched: true },
      'the wrong sign': summary('22.00', '-100.00', '22.00'),
      'amounts of eleven digits': summary('22.00', '99999999999.99', '21999999999.98'),
      'each summary on its own': { document: addSummary(summary('22.00', '100.00', '22.02'), '22.00', '0.00', '0.02'), count: 2 },
      'the base is wrong too: no single right tax': { document: summary('22.00', '100.00', '25.00').set('Linee/PrezzoUnitario', '120.00').set('Linee/PrezzoTotale', '120.00'), patched: false },
      'the base is wrong by less than a euro, and the tax is right': { document: summary('22.00', '100.00', '22.00').set('Riepilogo/ImponibileImporto', '100.90'), patched: false },
      'the base sums a line that is wrong': { document: summary('22.00', '2000.00', '44.00').setAll('Linee', { Quantita: '2.00', PrezzoUnitario: '100.00' }), patched: false },
    },
    {
      'exact': summary('22.00', '100.00', '22.00'),
      'rounded up': summary('22.00', '0.07', '0.02'),
      'a half, rounded up': summary('5.00', '0.50', '0.03'),
      'a negative half, away from zero': summary('5.00', '-0.50', '-0.03'),
      'nothing': exempt(),
      'amounts of eleven digits': summary('22.00', '99999999999.99', '22000000000.00'),
      'a tax that the structure refuses': summary('22.00', '100.00', '22,02'),
    },
  ),
  cases(
    '00422',
    {
      'more than a euro too much': { document: summary('22.00', '100.00', '22.22').set('Riepilogo/ImponibileImporto', '101.01'), path: `${BODY}/DatiRiepilogo[1]/ImponibileImporto`, patched: false },
      'more than a euro too little': { document: summary('22.00', '98.99', '21.78').set('Linee/PrezzoTotale', '100.00'), patched: false },
      'lines and tax agree, the base is mistyped': { document: ordinary().set('Riepilogo/ImponibileImporto', '1000.00'), patched: true },
      'the line is mistyped, base and tax are right': { document: summary('22.00', '200.00', '44.00').setAll('Linee', { Quantita: '2.00', PrezzoUnitario: '100.00', PrezzoTotale: '2000.00' }), patched: false },
      'the line is wrong, though the tax fits it': { document: ordinary().setAll('Linee', { Quantita: '2.00', PrezzoTotale: '2000.00' }).set('Riepilogo/Imposta', '440.00'), patched: false },
      'the tax fits neither': { document: ordinary().set('Riepilogo/ImponibileImporto', '150.00').set('Riepilogo/Imposta', '30.00'), patched: false },
      'a line of another rate is wrong': { document: addSummary(addLine(ordinary().set('Riepilogo/ImponibileImporto', '1000.00'), '10.00', '50.00').set('Linee[2]/PrezzoTotale', '50.50'), '10.00', '50.00', '5.00'), patched: false },
      'another rate has no summary': { document: addLine(ordinary().set('Riepilogo/ImponibileImporto', '1000.00'), '10.00', '50.00'), patched: false },
      'without VAT no tax is a witness': { document: exempt().set('Riepilogo/ImponibileImporto', '1000.00'), patched: false },
      'a euro is at the limit': { document: ordinary().set('Riepilogo/ImponibileImporto', '101.00'), severity: 'warning', patched: true },
      'a hundred-millionth above it': { document: ordinary().setAll('Linee', { PrezzoUnitario: '98.99999999', PrezzoTotale: '98.99999999' }), severity: 'error' },
      'the fund is left out': withCassa().set('Riepilogo/ImponibileImporto', '100.00'),
      'a rounding not counted': ordinary().set('Riepilogo/Arrotondamento', '1.01'),
      'a rounding of the other sign': ordinary().set('Riepilogo/ImponibileImporto', '100.60').set('Riepilogo/Arrotondamento', '-0.60'),
      'a discount of the document does not count': ordinary().set('Documento/ScontoMaggiorazione', { Tipo: 'SC', Importo: '10.00' }).set('Riepilogo/ImponibileImporto', '90.00'),
      'expenses do not count': ordinary().set('Riepilogo/SpeseAccessorie', '10.00').set('Riepilogo/ImponibileImporto', '110.00'),
      'a summary of a rate that no line has': addSummary(ordinary(), '10.00', '1.01', '0.10'),
      'two rates, each on its own': { document: addSummary(addLine(ordinary(), '10.00', '50.00'), '10.00', '52.00', '5.20').set('Riepilogo/ImponibileImporto', '98.00'), count: 2 },
      'to a public administration': publicAdministration().set('Riepilogo/ImponibileImporto', '50.00'),
      'the second document of a lot': { document: ordinary().and(ordinary().set('Documento/Numero', '2026/2').set('Riepilogo/ImponibileImporto', '90.00')), path: '/FatturaElettronica/FatturaElettronicaBody[2]/DatiBeniServizi/DatiRiepilogo[1]/ImponibileImporto' },
    },
    {
      'exact': ordinary(),
      'a cent below the limit': ordinary().set('Riepilogo/ImponibileImporto', '100.99'),
      'a cent below it on the other side': ordinary().set('Riepilogo/ImponibileImporto', '99.01'),
      'a hundred-millionth below it': ordinary().setAll('Linee', { PrezzoUnitario: '99.00000001', PrezzoTotale: '99.00000001' }),
      'with fund': withCassa(),
      'with rounding': ordinary().set('Riepilogo/Arrotondamento', '1.01').set('Riepilogo/ImponibileImporto', '101.01'),
      'two summaries of one rate': addSummary(ordinary().set('Riepilogo/ImponibileImporto', '60.00'), '22.00', '40.00', '8.80'),
      'zero rates fall together': addSummary(addLine(exempt(), '0.00', '50.00', 'N1').set('Riepilogo/ImponibileImporto', '50.00'), '0.00', '100.00', '0.00', 'N1'),
      'an amount that the structure refuses': ordinary().set('Riepilogo/ImponibileImporto', '90'),
      'a rate that the structure refuses': addLine(ordinary(), '22', '50.00'),
      'a rate without summary is another fault': addLine(ordinary(), '10.00', '50.00'),
    },
  ),
  cases(
    '00423',
    {
      'two cents too much': { document: line('10.00', '3.00', '30.02'), severity: 'error', path: `${BODY}/DettaglioLinee[1]/PrezzoTotale` },
      'two cents too little': { document: line('10.00', '3.00', '29.98'), severity: 'error' },
      'a cent is at the limit': { document: line('10.00', '3.00', '30.01'), severity: 'warning' },
      'a cent too little': { document: line('10.00', '3.00', '29.99'), severity: 'warning' },
      'above a cent, as other validators take it': { document: line('10.00033334', '3.00', '30.02'), severity: 'warning' },
      'above a cent, but a cent when the total is rounded': { document: line('10.00', '3.00', '30.01499999'), severity: 'warning' },
      'above a cent, and two when the total is rounded': { document: line('10.00', '3.00', '30.01500000'), severity: 'error' },
      'beyond what others take': { document: line('10.00033333', '3.00', '30.02'), severity: 'error' },
      'a discount with a sign': { document: line('5.00', '2.00', '6.58', lessBy('-1.71')), severity: 'warning' },
      'a discount with a sign, and another fault': { document: line('5.00', '2.00', '6.60', lessBy('-1.71')), severity: 'error' },
      'a surcharge with a sign': { document: line('5.00', '2.00', '13.42', moreBy('-1.71')), severity: 'warning' },
      'no quantity is one': { document: line('10.00', undefined, '20.00'), severity: 'error' },
      'the discount is not applied': line('10.00', '2.00', '20.00', less('10.00')),
      'the discount is of the line, not of the unit': line('10.00', '2.00', '19.00', lessBy('1.00')),
      'percentages added instead of in cascade': line('100.00', '1.00', '80.00', less('10.00'), less('10.00')),
      'the percentage, though there is an amount': line('100.00', '1.00', '90.00', { Tipo: 'SC', Percentuale: '10.00', Importo: '5.00' }),
      'the wrong order': line('100.00', '1.00', '80.00', less('10.00'), lessBy('10.00')).set('Linee/PrezzoTotale', '81.00'),
      'a surcharge taken for a discount': line('100.00', '1.00', '90.00', more('10.00')),
      'the wrong sign': line('-10.00', '1.00', '10.00'),
      'amounts of nineteen digits': line('99999999999.99999999', '999999999999.99999999', '99999999999.99'),
      'every such line': { document: addLine(line('10.00', '3.00', '31.00'), '22.00', '50.00').set('Linee[2]/PrezzoTotale', '51.00'), count: 2 },
    },
    {
      'exact': line('10.00', '3.00', '30.00'),
      'below the limit': line('10.00', '3.00', '30.00999999'),
      'below it on the other side': line('10.00', '3.00', '29.99000001'),
      'cut instead of rounded': line('42092.05875', '1.00', '42092.05'),
      'rounded': line('42092.05875', '1.00', '42092.06'),
      'no quantity is one': line('10.00', undefined, '10.00'),
      'quantity zero': line('10.00', '0.00', '0.00'),
      'a negative price': line('-10.00', '3.00', '-30.00'),
      'a discount of the unit': line('10.00', '2.00', '18.00', lessBy('1.00')),
      'cascade': line('100.00', '1.00', '81.00', less('10.00'), less('10.00')),
      'the amount wins over the percentage': line('100.00', '1.00', '95.00', { Tipo: 'SC', Percentuale: '10.00', Importo: '5.00' }),
      'in document order': line('100.00', '1.00', '80.00', less('10.00'), lessBy('10.00')),
      'in the other document order': line('100.00', '1.00', '81.00', lessBy('10.00'), less('10.00')),
      'a discount with a sign, as it is written': line('5.00', '2.00', '13.42', lessBy('-1.71')),
      'discount and surcharge': line('100.00', '2.00', '208.00', moreBy('4.00')),
      'surcharge in per cent': line('100.00', '2.00', '209.00', more('10.00'), less('5.00')),
      'a hundred per cent off': line('100.00', '2.00', '0.00', less('100.00')),
      'a block without amounts changes nothing': line('100.00', '1.00', '100.00', { Tipo: 'SC' }),
      'thirty discounts': line('100000.00', '1.00', '4239.11582752', ...Array.from({ length: 30 }, () => less('10.00'))),
      'a percentage that the structure refuses': line('100.00', '1.00', '50.00', { Tipo: 'SC', Percentuale: '10' }),
      'a quantity that the structure refuses': line('100.00', '1', '50.00'),
      'a total that the structure refuses': line('100.00', '1.00', '50'),
    },
  ),
];

import { type CheckCases, cases } from '../cases.js';
import { ordinary, publicAdministration, simplified } from '../documents.js';
import { addLine, addSummary, exempt, exemptWithCassa, withCassa } from '../exempt.js';

const at = (instant: string): { readonly context: { readonly at: Date } } => ({ context: { at: new Date(instant) } });
const LINE = '/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[1]';
const GOODS = '/FatturaElettronicaSemplificata/FatturaElettronicaBody[1]/DatiBeniServizi[1]';
const untaxed = simplified().set('Beni/DatiIVA', { Imposta: '0.00', Aliquota: '0.00' });

/** A TD16 that shows rate, tax and Natura, as version 1.7.1 allows it. */
const reverseCharge = ordinary().set('Documento/TipoDocumento', 'TD16').set('Linee/Natura', 'N6.1').set('Riepilogo/Natura', 'N6.1');

export const NATURA_CASES: readonly CheckCases[] = [
  cases(
    '00400',
    {
      'a line without VAT': { document: exempt().remove('Linee/Natura'), path: `${LINE}/Natura`, patched: true },
      'every such line': { document: addLine(exempt().remove('Linee/Natura'), '0.00', '0.00'), count: 2 },
      'the other Nature differ: no single right one': { document: addSummary(exempt().remove('Linee/Natura'), '0.00', '0.00', '0.00', 'N1'), patched: false },
      'the rate is mistyped: what is without VAT has its Natura': { document: addSummary(addLine(exempt(), '0.00', '50.00'), '4.00', '50.00', '2.00'), patched: false },
      'simplified, the rate is mistyped': { document: simplified().set('Beni/DatiIVA', { Imposta: '22.00', Aliquota: '0.00' }).append('Beni', { Descrizione: 'Altro', Importo: '1.00', DatiIVA: { Imposta: '0.00', Aliquota: '0.00' }, Natura: 'N4' }), patched: false },
      'to a public administration': publicAdministration().set('Linee/AliquotaIVA', '0.00'),
      'simplified': { document: untaxed, path: `${GOODS}/Natura` },
      'simplified, tax of zero and no rate': { document: simplified().set('Beni/DatiIVA', { Imposta: '0.00' }), severity: 'warning' },
    },
    {
      'with Natura': exempt(),
      'a rate of a hundredth is no zero': ordinary().set('Linee/AliquotaIVA', '0.01'),
      'a Natura that the structure refuses': exempt().set('Linee/Natura', 'N9'),
      'a rate that the structure refuses': exempt().remove('Linee/Natura').set('Linee/AliquotaIVA', '0,00'),
      'simplified, with Natura': untaxed.set('Beni/Natura', 'N4'),
      'simplified, tax of zero with Natura': simplified().set('Beni/DatiIVA', { Imposta: '0.00' }).set('Beni/Natura', 'N4'),
      'simplified, a tax and no rate': simplified().set('Beni/DatiIVA', { Imposta: '0.01' }),
      'simplified, neither': simplified().set('Beni/DatiIVA', {}),
    },
  ),
  cases(
    '00401',
    {
      'a rate with Natura': { document: ordinary().set('Linee/Natura', 'N4'), path: `${LINE}/Natura`, patched: true },
      'the rate is mistyped: other lines without VAT have the Natura': { document: addSummary(addLine(addLine(ordinary(), '0.00', '50.00', 'N4'), '22.00', '1.00', 'N4'), '22.00', '51.00', '0.00', 'N4'), patched: false },
      'the smallest rate': ordinary().set('Linee/AliquotaIVA', '0.01').set('Linee/Natura', 'N4'),
      'simplified': simplified().set('Beni/Natura', 'N4'),
      'TD16 before version 1.7.1': { document: reverseCharge.set('Documento/Data', '2022-09-30'), ...at('2022-09-30T10:00:00Z') },
      'TD17': reverseCharge.set('Documento/TipoDocumento', 'TD17'),
    },
    {
      'no Natura': ordinary(),
      'rate zero': exempt(),
      'TD16': reverseCharge,
      'TD16 on the first day of version 1.7.1': { document: reverseCharge.set('Documento/Data', '2022-09-30'), ...at('2022-09-30T22:00:00Z') },
      'before version 1.7.1, no Natura': { document: ordinary().set('Documento/Data', '2022-09-30'), ...at('2022-09-30T10:00:00Z') },
      'a TipoDocumento that cannot be read': reverseCharge.set('Documento/TipoDocumento', 'TD99'),
      'simplified': simplified(),
    },
  ),
  cases(
    '00413',
    {
      'a fund without VAT': { document: exemptWithCassa().remove('Cassa/Natura'), patched: true, path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/DatiCassaPrevidenziale[1]/Natura' },
    },
    { 'with Natura': exemptWithCassa(), 'with VAT': withCassa() },
  ),
  cases(
    '00414',
    {
      'a fund with VAT and Natura': { document: withCassa().set('Cassa/Natura', 'N4'), patched: true },
      'TD16 too': withCassa().set('Cassa/Natura', 'N6.1').set('Documento/TipoDocumento', 'TD16'),
    },
    { 'with VAT': withCassa(), 'without VAT': exemptWithCassa() },
  ),
  cases(
    '00429',
    {
      'a summary without VAT': { document: exempt().remove('Riepilogo/Natura'), patched: true, path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo[1]/Natura' },
      'the second of two': addSummary(exempt(), '0.00', '0.00', '0.00'),
    },
    { 'with Natura': exempt(), 'with VAT': ordinary() },
  ),
  cases(
    '00430',
    {
      'a summary with VAT and Natura': { document: ordinary().set('Riepilogo/Natura', 'N4'), patched: true },
      'its rate is mistyped, for it has no tax': { document: addSummary(addLine(ordinary(), '0.00', '50.00', 'N4'), '22.00', '50.00', '0.00', 'N4'), patched: false },
      'TD16 before version 1.7.1': { document: reverseCharge.set('Documento/Data', '2022-09-30'), ...at('2022-09-30T10:00:00Z') },
      'TD18': reverseCharge.set('Documento/TipoDocumento', 'TD18'),
    },
    {
      'no Natura': ordinary(),
      'rate zero': exempt(),
      'TD16': reverseCharge,
      'before version 1.7.1, no Natura': { document: ordinary().set('Documento/Data', '2022-09-30'), ...at('2022-09-30T10:00:00Z') },
    },
  ),
  cases(
    '00420',
    {
      'reverse charge with split payment': { document: exempt('N6.3').set('Riepilogo/EsigibilitaIVA', 'S'), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo[1]/EsigibilitaIVA' },
      'the generic code': exempt('N6').set('Riepilogo/EsigibilitaIVA', 'S'),
    },
    {
      'reverse charge, at once': exempt('N6.3').set('Riepilogo/EsigibilitaIVA', 'I'),
      'reverse charge, deferred': exempt('N6.3').set('Riepilogo/EsigibilitaIVA', 'D'),
      'split payment with another Natura': exempt('N4').set('Riepilogo/EsigibilitaIVA', 'S'),
      'split payment with VAT': publicAdministration(),
    },
  ),
  cases(
    '00445',
    {
      'N2, in line and summary': { document: exempt('N2'), count: 2, path: `${LINE}/Natura` },
      'N3': { document: exempt('N3'), count: 2 },
      'N6': { document: exempt('N6'), count: 2 },
      'in a fund': exemptWithCassa().set('Cassa/Natura', 'N2'),
      'simplified': { document: untaxed.set('Beni/Natura', 'N2'), path: `${GOODS}/Natura` },
      'a document of the first day of 2021': { document: exempt('N2').set('Documento/Data', '2021-01-01'), count: 2 },
      'a document of 2020, sent later': { document: exempt('N2').set('Documento/Data', '2020-12-31'), count: 2, severity: 'warning' },
    },
    {
      'sub-codes': exempt('N2.1'),
      'a code without sub-codes': exempt('N4'),
      'the last day on which they were taken': { document: exempt('N2').set('Documento/Data', '2020-12-31'), ...at('2020-12-31T22:59:59Z') },
    },
  ),
];

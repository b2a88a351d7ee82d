import { type CheckCases, cases } from '../cases.js';
import { ordinary, publicAdministration, simplified } from '../documents.js';
import { addLine, addSummary, exempt, exemptWithCassa, withCassa } from '../exempt.js';

const at = (instant: string): { readonly context: { readonly at: Date } } => ({ context: { at: new Date(instant) } });
const twoRates = addLine(ordinary(), '10.00', '50.00');
const BODY = '/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi';

export const COVERAGE_CASES: readonly CheckCases[] = [
  cases(
    '00419',
    {
      'two rates and one summary': { document: twoRates, path: `${BODY}/DatiRiepilogo` },
      'the fund’s rate is another': withCassa().set('Cassa/AliquotaIVA', '10.00'),
      'no summary at all': ordinary().remove('Riepilogo'),
    },
    {
      'two rates and two summaries': addSummary(twoRates, '10.00', '50.00', '5.00'),
      'two summaries, one of a rate that is not used': addSummary(twoRates, '4.00', '50.00', '2.00'),
      'one rate written in two ways': addLine(ordinary(), '022.00', '0.00'),
      'two summaries of one rate': addSummary(ordinary(), '22.00', '0.00', '0.00'),
    },
  ),
  cases(
    '00443',
    {
      'the rate of a line has no summary': { document: twoRates, path: `${BODY}/DettaglioLinee[2]/AliquotaIVA` },
      'said once for all lines': addLine(twoRates, '10.00', '1.00'),
      'two rates': { document: addLine(twoRates, '4.00', '1.00'), count: 2 },
      'as many summaries as rates, but others': addSummary(twoRates, '4.00', '50.00', '2.00'),
      'the rate of a fund': { document: withCassa().set('Cassa/AliquotaIVA', '10.00'), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/DatiCassaPrevidenziale[1]/AliquotaIVA' },
    },
    {
      'every rate has one': addSummary(twoRates, '10.00', '50.00', '5.00'),
      'written in another way': ordinary().set('Riepilogo/AliquotaIVA', '022.00'),
      'a summary that nothing uses': addSummary(ordinary(), '10.00', '0.00', '0.00'),
      'the rate of a summary cannot be read': addSummary(twoRates, '10', '50.00', '5.00'),
      'before version 1.6': { document: twoRates.set('Documento/Data', '2020-05-03'), ...at('2020-05-03T10:00:00Z') },
    },
  ),
  cases(
    '00444',
    {
      'the Natura of a line has no summary': { document: exempt().set('Riepilogo/Natura', 'N1'), path: `${BODY}/DettaglioLinee[1]/Natura` },
      'said once for all lines': addLine(exempt().set('Riepilogo/Natura', 'N1'), '0.00', '1.00', 'N4'),
      'two of them': { document: addLine(exempt().set('Riepilogo/Natura', 'N1'), '0.00', '1.00', 'N2.1'), count: 2 },
      'a sub-code is another': exempt('N2.1').set('Riepilogo/Natura', 'N2.2'),
      'the Natura of a fund': exemptWithCassa().set('Cassa/Natura', 'N1'),
      'no summary has any': ordinary().set('Linee/Natura', 'N4'),
    },
    {
      'every Natura has one': addSummary(addLine(exempt(), '0.00', '1.00', 'N1'), '0.00', '1.00', '0.00', 'N1'),
      'a summary that nothing uses': addSummary(exempt(), '0.00', '0.00', '0.00', 'N1'),
      'the Natura of a summary cannot be read': exempt().set('Riepilogo/Natura', 'N99'),
      'before version 1.6': { document: exempt().set('Riepilogo/Natura', 'N1').set('Documento/Data', '2020-05-03'), ...at('2020-05-03T10:00:00Z') },
    },
  ),
  cases(
    '00424',
    {
      'a fraction': { document: ordinary().set('Linee/AliquotaIVA', '0.22'), path: `${BODY}/DettaglioLinee[1]/AliquotaIVA`, patched: true },
      'just below one per cent': { document: ordinary().set('Linee/AliquotaIVA', '0.99'), patched: false },
      'a hundredth': { document: ordinary().set('Riepilogo/AliquotaIVA', '0.01'), patched: false },
      'no rate of Italy': { document: ordinary().set('Linee/AliquotaIVA', '0.40'), patched: false },
      'a zero mistyped, for it has a Natura': { document: exempt().set('Linee/AliquotaIVA', '0.10'), patched: false },
      'a rate of old that the document has elsewhere': { document: addSummary(addLine(ordinary(), '0.21', '50.00'), '21.00', '50.00', '10.50'), patched: true },
      'line and summary': { document: ordinary().set('Linee/AliquotaIVA', '0.22').set('Riepilogo/AliquotaIVA', '0.22'), count: 2 },
      'a fund': withCassa().set('Cassa/AliquotaIVA', '0.10'),
      'simplified': simplified().set('Beni/DatiIVA/Aliquota', '0.10'),
    },
    {
      'one per cent': ordinary().set('Linee/AliquotaIVA', '1.00'),
      'zero': exempt(),
      'simplified': simplified().set('Beni/DatiIVA/Aliquota', '1.00'),
      'what the structure refuses': ordinary().set('Linee/AliquotaIVA', '0.2'),
    },
  ),
  cases(
    '00474',
    {
      'a line without VAT': { document: exempt().set('Documento/TipoDocumento', 'TD21'), path: `${BODY}/DettaglioLinee[1]/AliquotaIVA` },
      'the second line': addLine(ordinary().set('Documento/TipoDocumento', 'TD21'), '0.00', '1.00', 'N1'),
      'one document of a lot': ordinary().and(exempt().set('Documento/TipoDocumento', 'TD21').set('Documento/Numero', '2026/2')),
    },
    {
      'with VAT': ordinary().set('Documento/TipoDocumento', 'TD21'),
      'another kind of document': exempt(),
      'the other document of the lot': ordinary().set('Documento/TipoDocumento', 'TD21').and(exempt().set('Documento/Numero', '2026/2')),
      'to a public administration': publicAdministration(),
    },
  ),
];

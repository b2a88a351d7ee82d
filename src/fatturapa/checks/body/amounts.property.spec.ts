import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../document/index.js';
import { checksRunner } from '../runner.js';
import { RECEIVED, ordinary, type TestDocument } from '../testing/documents.js';
import { LINE_AMOUNTS } from './line-amounts.js';
import { SUMMARY_AMOUNTS } from './summary-amounts.js';

/** The oracle reckons with fractions of BigInts, and knows nothing of decimals or scales. */
class Fraction {
  constructor(
    readonly top: bigint,
    readonly bottom: bigint,
  ) {}
  times(other: Fraction): Fraction {
    return new Fraction(this.top * other.top, this.bottom * other.bottom);
  }
  plus(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom);
  }
  minus(other: Fraction): Fraction {
    return this.plus(new Fraction(-other.top, other.bottom));
  }
  abs(): Fraction {
    return new Fraction(this.top < 0n ? -this.top : this.top, this.bottom);
  }
  /** Below, at or above zero as this is below, at or above the other. */
  against(other: Fraction): bigint {
    return this.top * other.bottom - other.top * this.bottom;
  }
  /** In whole units of 10^-places: the nearest, a half away from zero; or cut. */
  rounded(places: number, cut = false): Fraction {
    const unit = 10n ** BigInt(places);
    const { top, bottom } = this.abs();
    const units = cut ? (top * unit) / bottom : (2n * top * unit + bottom) / (2n * bottom);
    return new Fraction(this.top < 0n ? -units : units, unit);
  }
  text(places: number): string {
    const units = (this.abs().top * 10n ** BigInt(places)) / this.bottom;
    const digits = units.toString().padStart(places + 1, '0');
    return `${this.top < 0n && units > 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }
}
const units = (top: bigint, places: number): Fraction => new Fraction(top, 10n ** BigInt(places));
const CENT = units(1n, 2);
const ZERO = units(0n, 0);

interface Discount {
  readonly sign: 1n | -1n;
  readonly kind: 'Percentuale' | 'Importo';
  readonly hundredths: bigint;
}
interface LineOf {
  readonly rate: string;
  readonly price: { readonly top: bigint; readonly places: number };
  readonly quantity: { readonly top: bigint; readonly places: number } | undefined;
  readonly discounts: readonly Discount[];
  /** How its total is written. */
  readonly places: number;
  readonly cut: boolean;
}

const places = fc.integer({ min: 2, max: 8 });
const amount = (max: bigint) => fc.record({ top: fc.oneof(fc.bigInt({ min: 0n, max: 100_000n }), fc.bigInt({ min: 0n, max })), places });
const discount: fc.Arbitrary<Discount> = fc.record({ sign: fc.constantFrom(1n as const, -1n as const), kind: fc.constantFrom('Percentuale' as const, 'Importo' as const), hundredths: fc.bigInt({ min: 0n, max: 10_000n }) });
const lineOf: fc.Arbitrary<LineOf> = fc.record({
  rate: fc.constantFrom('4.00', '5.00', '10.00', '22.00', '0.00', '22.50'),
  price: fc.tuple(amount(10n ** 14n), fc.boolean()).map(([price, negative]) => (negative ? { ...price, top: -price.top } : price)),
  quantity: fc.option(amount(10n ** 10n), { nil: undefined }),
  discounts: fc.array(discount, { maxLength: 4 }),
  places,
  cut: fc.boolean(),
});

function exactTotal({ price, quantity, discounts }: LineOf): Fraction {
  let reached = units(price.top, price.places);
  for (const { sign, kind, hundredths } of discounts) {
    const change = kind === 'Importo' ? units(hundredths, 2) : reached.times(units(hundredths, 4));
    reached = sign === 1n ? reached.plus(change) : reached.minus(change);
  }
  return quantity ? reached.times(units(quantity.top, quantity.places)) : reached;
}

/** Whether the schema has room for it (11 digits before the point), and for a few of them added. */
const fits = (value: Fraction): boolean => value.abs().against(units(10n ** 10n, 0)) < 0n;
const isWritable = (line: LineOf): boolean => fits(exactTotal(line)) && fits(units(line.price.top, line.price.places));

function fields(line: LineOf, total: string) {
  return {
    NumeroLinea: '1',
    Descrizione: 'x',
    ...(line.quantity && { Quantita: units(line.quantity.top, line.quantity.places).text(line.quantity.places) }),
    PrezzoUnitario: units(line.price.top, line.price.places).text(line.price.places),
    ...(line.discounts.length > 0 && {
      ScontoMaggiorazione: line.discounts.map(({ sign, kind, hundredths }) => ({ Tipo: sign === 1n ? 'MG' : 'SC', [kind]: units(hundredths, 2).text(2) })),
    }),
    PrezzoTotale: total,
    AliquotaIVA: line.rate,
  };
}

const run = checksRunner([...LINE_AMOUNTS, ...SUMMARY_AMOUNTS]);
function findings(document: TestDocument) {
  const reading = readDocument(document.bytes());
  if (!reading.ok) throw new Error('not read');
  expect(reading.findings).toEqual([]);
  return run(reading.document, { at: RECEIVED });
}

describe('amounts', () => {
  it('of a consistent document raise nothing, however they are rounded', () => {
    fc.assert(
      fc.property(fc.array(lineOf, { minLength: 1, maxLength: 6 }), (drawn) => {
        const lines = drawn.filter(isWritable);
        fc.pre(lines.length > 0);
        const totals = lines.map((line) => exactTotal(line).rounded(line.places, line.cut));
        const bases = new Map<string, Fraction>();
        lines.forEach(({ rate }, index) => bases.set(rate, (bases.get(rate) ?? ZERO).plus(totals[index] ?? ZERO)));
        const summaries = [...bases].map(([rate, sum]) => {
          const base = sum.rounded(2);
          return { AliquotaIVA: rate, ImponibileImporto: base.text(2), Imposta: base.times(units(BigInt(rate.replace('.', '')), 4)).rounded(2).text(2) };
        });
        const document = ordinary().set('Beni', { DettaglioLinee: lines.map((line, index) => fields(line, totals[index]?.text(line.places) ?? '')), DatiRiepilogo: summaries });
        expect(findings(document)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('of a line raise 00423 where a fraction says so', () => {
    const nearly = fc.tuple(lineOf, fc.oneof(fc.bigInt({ min: -3_000_000n, max: 3_000_000n }), fc.constantFrom(999_999n, 1_000_000n, 1_000_001n, -999_999n, -1_000_000n, -1_000_001n)));
    const seen = new Set<string | undefined>();
    fc.assert(
      fc.property(nearly, ([line, off]) => {
        fc.pre(isWritable(line));
        const exact = exactTotal(line);
        const found = exact.rounded(8).plus(units(off, 8));
        const difference = found.minus(exact).abs().against(CENT);
        const passes = difference <= 0n || found.rounded(2).minus(exact).abs().against(units(19n, 3)) <= 0n;
        const expected = difference < 0n ? undefined : passes ? 'warning' : 'error';
        const raised = findings(ordinary().set('Linee', fields(line, found.text(8)))).find(({ code }) => code === '00423');
        seen.add(raised?.severity);
        expect(raised?.severity).toBe(expected);
      }),
      { numRuns: 500 },
    );
    expect(seen).toEqual(new Set([undefined, 'warning', 'error']));
  });

  it('of a summary raise 00421 where a fraction says so', () => {
    const rate = fc.oneof(fc.constantFrom(400n, 500n, 1000n, 2200n, 0n), fc.bigInt({ min: 100n, max: 10_000n }));
    fc.assert(
      fc.property(rate, fc.bigInt({ min: -(10n ** 13n) + 10n, max: 10n ** 13n - 10n }), fc.bigInt({ min: -3n, max: 3n }), (hundredths, base, off) => {
        const exact = units(base, 2).times(units(hundredths, 4));
        const away = exact.rounded(2);
        // Half up differs from half away for negative halves only: it is the nearest of what lies a hair above.
        const up = exact.plus(units(1n, 12)).rounded(2);
        const found = away.plus(units(off, 2));
        const [first, second] = [away, up].map((one) => found.minus(one).abs().against(CENT));
        const expected = first! < 0n ? undefined : first! > 0n && second! > 0n ? 'error' : 'warning';
        const document = ordinary()
          .setAll('Linee', { PrezzoUnitario: units(base, 2).text(2), PrezzoTotale: units(base, 2).text(2), AliquotaIVA: units(hundredths, 2).text(2) })
          .set('Riepilogo', { AliquotaIVA: units(hundredths, 2).text(2), ImponibileImporto: units(base, 2).text(2), Imposta: found.text(2) });
        expect(findings(document).find(({ code }) => code === '00421')?.severity).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOf } from '../../dashboard/src/app/status.js';
import { formatMoney, sumAmounts } from '../../dashboard/src/format/money.js';
import { daysUntil, formatInstant, formatRelative } from '../../dashboard/src/format/time.js';
import { daysOf, periodOf, PERIODS, readDay, writeDay } from '../../dashboard/src/pages/invoices/period.js';
import { journey } from '../../dashboard/src/pages/invoice/journey.js';
import { totalOf } from '../../dashboard/src/pages/invoice/total.js';
import type { InvoiceDocument, TimelineEntry } from '../../dashboard/src/api/types.js';

describe('amounts', () => {
  it.each([
    ['0.00', '0,00 €', '€0.00'],
    ['1234.5', '1.234,50 €', '€1,234.50'],
    ['-1234567.89', '-1.234.567,89 €', '-€1,234,567.89'],
    ['9007199254740993.01'.slice(1), '7.199.254.740.993,01 €', '€7,199,254,740,993.01'],
    ['999999999999.99', '999.999.999.999,99 €', '€999,999,999,999.99'],
  ])('%s', (amount, it, en) => {
    expect(formatMoney('it', amount, 'EUR').replace(/\u00a0/g, ' ')).toBe(it);
    expect(formatMoney('en', amount, 'EUR')).toBe(en);
  });

  it('loses no digit of any amount that an invoice can bear', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n - 1n }), (cents) => {
        const digits = cents.toString().padStart(3, '0');
        const amount = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
        expect(formatMoney('it', amount).replace(/\./g, '').replace(',', '.')).toBe(amount);
      }),
    );
  });

  it('are added without losing a cent', () => {
    expect(sumAmounts(['0.1', '0.2'])).toBe('0.3');
    expect(sumAmounts(['10', '-10.05'])).toBe('-0.05');
    expect(sumAmounts(['7', '8'])).toBe('15');
    expect(sumAmounts(['999999999999999.99', '0.01'])).toBe('1000000000000000.00');
    expect(sumAmounts([])).toBeUndefined();
    expect(sumAmounts(['1', ''])).toBeUndefined();
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }), { minLength: 1, maxLength: 20 }), (all) => {
        const write = (cents: bigint) => `${cents < 0n ? '-' : ''}${String(cents < 0n ? -cents : cents).padStart(3, '0').replace(/(..)$/, '.$1')}`;
        expect(sumAmounts(all.map(write))).toBe(write(all.reduce((sum, one) => sum + one, 0n)));
      }),
    );
  });

  it('of a lot are told only where they can be added up', () => {
    const body = (importoTotaleDocumento: string | null, more: Partial<InvoiceDocument> = {}) => ({ tipoDocumento: 'TD01', divisa: 'EUR', importoTotaleDocumento, ...more }) as InvoiceDocument;
    const of = (...documents: InvoiceDocument[]) => totalOf({ documentsCount: documents.length, total: '1.00', currency: 'EUR', documents })?.amount;
    expect(of(body('7.00'))).toBe('1.00');
    expect(of(body('7.00'), body('8.50'))).toBe('15.50');
    expect(of(body('7.00'), body('8.50', { divisa: 'CHF' }))).toBeUndefined();
    expect(of(body('7.00'), body(null))).toBeUndefined();
    expect(of(body('7.00'), body('2.00', { tipoDocumento: 'TD04' }))).toBeUndefined();
  });

  it('shows what is no amount as it came', () => expect(formatMoney('it', '12,50', 'EUR')).toBe('12,50 EUR'));
});

describe('times', () => {
  const at = '2026-11-21T22:30:00Z';

  it('are Italian whatever the browser’s zone', () => {
    expect(formatInstant('it', at, 'exact')).toBe('21 nov 2026, 23:30:00');
    expect(formatInstant('en', '2026-07-01T22:30:00Z', 'short')).toBe('2 Jul, 00:30');
  });

  it('are told from now', () => {
    const now = Date.parse(at);
    expect(formatRelative('it', at, now + 10_000)).toBeUndefined();
    expect(formatRelative('it', at, now + 4 * 60_000)).toBe('4 minuti fa');
    expect(formatRelative('en', at, now - 49 * 3_600_000)).toBe('in 2 days');
  });

  it('count days by the calendar', () => {
    // Half past eleven at night in Rome: an hour later it is tomorrow.
    expect(daysUntil('2026-11-21T23:30:00Z', Date.parse(at))).toBe(1);
    expect(daysUntil('2026-11-21T22:59:00Z', Date.parse(at))).toBe(0);
    expect(daysUntil('2026-11-20T22:59:00Z', Date.parse(at))).toBe(-1);
  });
});

describe('the clock of a state', () => {
  const of = (status: string, statusSince: string) => clockOf({ status: status as 'sent', statusSince, updatedAt: '2026-11-21T10:00:00.000Z' });

  it('is ours for what we dated, the evidence’s for what others did', () => {
    expect(['queued', 'sending', 'uncertain', 'sent'].map((status) => of(status, '2026-11-21T10:00:00.000Z'))).toEqual(['ours', 'ours', 'ours', 'ours']);
    expect(['pec_accepted', 'at_sdi', 'rejected', 'delivered', 'conflict'].map((status) => of(status, '2026-12-21T10:00:00.000Z'))).toEqual(Array(5).fill('evidence'));
  });

  it('of a failed sending is told by whether it lies ahead of its record', () => {
    expect(of('send_failed', '2026-11-21T09:59:59.000Z')).toBe('ours');
    expect(of('send_failed', '2026-12-21T10:00:00.000Z')).toBe('evidence');
  });
});

describe('periods', () => {
  const now = Date.parse('2027-01-01T00:30:00+01:00');

  it('follow the Italian calendar', () => {
    expect(daysOf('today', now)).toEqual({ from: '2027-01-01', to: '' });
    expect(daysOf('week', now)).toEqual({ from: '2026-12-26', to: '' });
    expect(daysOf('lastMonth', now)).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(daysOf('year', now)).toEqual({ from: '2027-01-01', to: '' });
  });

  it('are known again from their days', () => {
    const middle = Date.parse('2026-05-17T12:00:00Z');
    for (const period of PERIODS) expect(periodOf(daysOf(period, middle), middle)).toBe(period);
    expect(periodOf({ from: '2026-05-03', to: '' }, middle)).toBeUndefined();
  });

  it('read days as people write them', () => {
    expect(readDay('31/12/2026')).toBe('2026-12-31');
    expect(readDay('1.2.26')).toBe('2026-02-01');
    expect(readDay('2026-02-28')).toBe('2026-02-28');
    for (const wrong of ['31/02/2026', '12/31/2026', 'ieri', '', '1/1']) expect(readDay(wrong)).toBeUndefined();
    expect(writeDay('2026-12-31')).toBe('31/12/2026');
  });
});

describe('the journey', () => {
  const event = (type: string, attempt?: number): TimelineEntry => ({ type, attempt, at: '2026-11-21T10:00:00Z' }) as TimelineEntry;
  const states = (status: string, flow: 'private' | 'pa', attempt: number, events: TimelineEntry[]) => journey({ status: status as 'queued', flow, attempt }, events).map(({ state }) => state);

  it('waits at the next step', () => {
    expect(states('queued', 'private', 0, [event('queued')])).toEqual(['done', 'current', 'todo', 'todo', 'todo']);
    expect(states('delivered', 'pa', 1, ['queued', 'smtp_accepted', 'accettazione', 'avvenuta_consegna', 'RC'].map((type) => event(type)))).toEqual(['done', 'done', 'done', 'done', 'done', 'current']);
  });

  it('shows a receipt that never came as passed all the same', () => {
    expect(states('delivered', 'private', 1, [event('queued'), event('smtp_unknown', 1), event('accettazione', 1), event('RC')])).toEqual(['done', 'skipped', 'done', 'done', 'done']);
  });

  it('stops where it ended', () => {
    expect(states('rejected', 'private', 1, [event('queued'), event('smtp_accepted', 1), event('accettazione', 1), event('avvenuta_consegna', 1), event('NS')]).at(-1)).toBe('failed');
    expect(states('available', 'private', 1, [event('queued'), event('MC')]).at(-1)).toBe('note');
    expect(states('send_failed', 'private', 1, [event('queued'), event('smtp_accepted', 1), event('non_accettazione', 1)])).toEqual(['done', 'done', 'failed', 'todo', 'todo']);
  });

  it('has nothing to come after an end', () => {
    const arrived = ['queued', 'smtp_accepted', 'accettazione', 'avvenuta_consegna'].map((type) => event(type));
    expect(states('undeliverable', 'pa', 1, [...arrived, event('MC'), event('AT')])).toEqual(['done', 'done', 'done', 'done', 'note']);
    expect(states('rejected', 'pa', 1, [...arrived, event('NS')])).toEqual(['done', 'done', 'done', 'done', 'failed']);
  });

  it('counts only the current attempt', () => {
    expect(states('sending', 'private', 2, [event('queued'), event('smtp_accepted', 1), event('non_accettazione', 1), event('attempt_opened', 2)])).toEqual(['done', 'current', 'todo', 'todo', 'todo']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from './folder-pattern.js';
import { formatDateTime, formatString, parseDate, parseDateTime } from './format.js';
import { Scanner } from './scanner.js';

describe('dates', () => {
  it('are read with their zone', () => {
    expect(parseDateTime('03-Mar-2025 10:11:12 +0100')).toEqual(new Date('2025-03-03T09:11:12Z'));
    expect(parseDateTime(' 3-mar-2025 23:30:00 -0130')).toEqual(new Date('2025-03-04T01:00:00Z'));
    for (const wrong of ['3-Mar-2025', '31-Apr-2025 10:00:00 +0000', '01-Jan-2025 24:00:00 +0000', '01-Jan-2025 10:00:00', 'x']) {
      expect(parseDateTime(wrong), wrong).toBeUndefined();
    }
    expect(parseDate('29-Feb-2023')).toBeUndefined();
  });

  it('come back from what was written', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }), (date) => {
        date.setUTCMilliseconds(0);
        expect(parseDateTime(formatDateTime(date).slice(1, -1))).toEqual(date);
      }),
    );
  });
});

describe('strings', () => {
  it('come back from what was written, whatever is in them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (octets) => {
        const text = Buffer.from(octets).toString('latin1');
        const written = formatString(text);
        const [start = '', ...rest] = written.split('\r\n');
        const literal = start.startsWith('{');
        const scanner = new Scanner(
          literal ? { texts: ['', ''], literals: [Buffer.from(rest.join('\r\n'), 'latin1')] } : { texts: [written], literals: [] },
          0,
        );
        expect(scanner.string()).toBe(Buffer.from(octets).toString('utf8'));
        scanner.end();
      }),
    );
  });
});

describe('patterns of LIST', () => {
  it('fit as the regular expression with the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '%'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (wanted, name) => {
        const expression = new RegExp(`^${wanted.replace(/\*/g, '.*').replace(/%/g, '[^/]*')}$`);
        expect(matchesPattern(wanted, name)).toBe(expression.test(name));
      }),
    );
  });

  it('take no longer for many wildcards', () => {
    const begin = performance.now();
    expect(matchesPattern('*a'.repeat(200), 'a'.repeat(199))).toBe(false);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

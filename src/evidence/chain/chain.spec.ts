import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { canonicalJson, MAX_DEPTH } from './canonical-json.js';
import { CHAIN_START, type ChainedEntry, chainHash, type ChainLink, chainText, checkChain, instantText, microsOf } from './chain.js';

const INVOICE = '01900000-0000-7000-8000-00000000000b';
const ENTRY: ChainedEntry = {
  invoiceId: INVOICE,
  sequence: 1,
  type: 'queued',
  key: 'queued',
  at: '2026-11-20T10:00:00.000000Z',
  recordedAt: '2026-11-20T10:00:00.123456Z',
  attempt: null,
  identificativoSdi: null,
  facts: { fileName: 'IT01234567890_00001.xml' },
  source: 'api',
  evidenceSha256: 'a'.repeat(64),
  messageId: null,
  status: 'queued',
};

function chained(entries: readonly ChainedEntry[]): ChainLink[] {
  let previousHash = CHAIN_START;
  return entries.map((entry) => {
    const link = { ...entry, previousHash, hash: chainHash(previousHash, entry) };
    previousHash = link.hash;
    return link;
  });
}

const json = fc.jsonValue({ maxDepth: 4 });
/** What `jsonb` holds: PostgreSQL knows no NUL in a text. */
const storable = fc.dictionary(fc.string({ unit: 'grapheme' }), json).filter((value) => !JSON.stringify(value).includes('\\u0000'));

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db?.close());

describe('the canonical form', () => {
  it('is one for every order of members, and the same JSON', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: undefined }], a: null, '\u{10000}': 1, '\uffff': 2 })).toBe('{"a":null,"b":[1,{"d":1}],"\u{10000}":1,"\uffff":2}');
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('refuses what is nested without end, and takes text that is no Unicode as UTF-8 does', () => {
    let deep: unknown = 1;
    for (let level = 0; level <= MAX_DEPTH; level++) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow(RangeError);
    expect(canonicalJson('\ud800x')).toBe('"\ufffdx"');
  });

  it('survives jsonb, which reorders members and rewrites numbers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(storable, { minLength: 1, maxLength: 20 }), async (values) => {
        const rows = await db.database.query<{ facts: unknown }>('SELECT t.facts::jsonb AS facts FROM unnest($1::text[]) WITH ORDINALITY AS t (facts, n) ORDER BY n', [values.map((value) => JSON.stringify(value))]);
        expect(rows.map(({ facts }) => canonicalJson(facts))).toEqual(values.map(canonicalJson));
      }),
      { numRuns: 40 },
    );
    const [odd] = await db.database.query<{ facts: unknown }>(`SELECT '{"b": 1.10, "a": 1e3, "c": -0.0, "a": 2}'::jsonb AS facts`);
    expect(canonicalJson(odd?.facts)).toBe('{"a":2,"b":1.1,"c":0}');
  });
});

describe('instants', () => {
  it('have one text, to the microsecond that PostgreSQL keeps', async () => {
    expect(instantText(microsOf('2026-11-20T10:00:00.123+01:00'))).toBe('2026-11-20T09:00:00.123000Z');
    expect(instantText(-1n)).toBe('1969-12-31T23:59:59.999999Z');
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: -60_000_000_000_000_000n, max: 4_000_000_000_000_000n }), async (micros) => {
        const [row] = await db.database.query<{ micros: string }>('SELECT (extract(epoch FROM $1::timestamptz) * 1000000)::bigint::text AS micros', [instantText(micros)]);
        expect(row?.micros).toBe(String(micros));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the chain', () => {
  it('hashes the text that the documentation shows', () => {
    const text = `{"at":"2026-11-20T10:00:00.000000Z","attempt":null,"evidenceSha256":"${'a'.repeat(64)}","facts":{"fileName":"IT01234567890_00001.xml"},"format":"corriere-timeline-1","identificativoSdi":null,"invoiceId":"${INVOICE}","key":"queued","messageId":null,"previousHash":"${'0'.repeat(64)}","recordedAt":"2026-11-20T10:00:00.123456Z","sequence":1,"source":"api","status":"queued","type":"queued"}`;
    expect(chainText(CHAIN_START, ENTRY)).toBe(text);
    expect(chainHash(CHAIN_START, ENTRY)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('property: any field changed, any entry removed, added or moved shows, and where', () => {
    const other: { [Field in keyof ChainedEntry]: ChainedEntry[Field] } = {
      invoiceId: INVOICE.replace('b', 'c'), sequence: 99, type: 'RC', key: 'other', at: '2026-11-20T10:00:00.000001Z', recordedAt: '2026-11-20T10:00:00.123457Z', attempt: 2,
      identificativoSdi: '1', facts: { fileName: 'IT01234567890_00001.xml', more: 0 }, source: 'sdi', evidenceSha256: 'b'.repeat(64), messageId: INVOICE, status: 'delivered',
    };
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.nat(), fc.constantFrom(...(Object.keys(other) as (keyof ChainedEntry)[])), (length, at, field) => {
        const links = chained(Array.from({ length }, (_, index) => ({ ...ENTRY, sequence: index + 1, key: `k${index}` })));
        const head = links.at(-1)!.hash;
        const place = at % length;
        expect(checkChain(INVOICE, links, head)).toEqual({ ok: true });
        const changed = links.map((link, index) => (index === place ? { ...link, [field]: other[field] } : link));
        expect(checkChain(INVOICE, changed, head)).toEqual({ ok: false, brokenAt: place + 1 });
        const removed = links.filter((_, index) => index !== place);
        expect(checkChain(INVOICE, removed, head)).toEqual({ ok: false, brokenAt: place + 1 });
        const swapped = [...links];
        swapped.unshift(...swapped.splice(place, 1));
        expect(checkChain(INVOICE, swapped, head).ok).toBe(place === 0);
        expect(checkChain(INVOICE, [...links.slice(0, place), links[place]!, ...links.slice(place)], head).ok).toBe(false);
        expect(checkChain(INVOICE, links, 'f'.repeat(64))).toEqual({ ok: false, brokenAt: length + 1 });
        expect(checkChain(INVOICE, links.slice(0, -1), undefined)).toEqual({ ok: true });
      }),
    );
  });
});

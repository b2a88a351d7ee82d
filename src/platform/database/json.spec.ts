import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { storableJson, storableText } from './json.js';

describe('texts of strangers in the database', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await testDatabase()));
  afterAll(() => db.close());

  it('leaves alone what can be kept', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => storableText(text) === text || text.includes('\0')));
  });

  it('makes JSON that PostgreSQL takes of any value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ text: fc.string({ unit: fc.constantFrom('\0', '\ud800', '\udc00', 'a', '\\', 'u0000', '\u{1f600}') }), list: fc.array(fc.string({ unit: 'binary' })) }), async (value) => {
        const [row] = await db.database.query<{ kept: typeof value }>('SELECT $1::jsonb AS kept', [storableJson(value)]);
        expect(row?.kept).toEqual({ text: storableText(value.text), list: value.list.map(storableText) });
      }),
    );
  });
});

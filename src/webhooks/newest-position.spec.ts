import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Sql } from '../platform/database/sql.js';
import type { Feed, FeedEntry } from '../platform/feed/feed.js';
import { newestPosition } from './newest-position.js';

it('finds the end of a feed of any length in few reads', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: 0n, max: 5_000_000n }), async (newest) => {
      let reads = 0;
      const feed = {
        read: async (_sql: Sql, after: bigint) => {
          reads += 1;
          return after < newest ? [{ position: after + 1n } as FeedEntry] : [];
        },
      } as unknown as Feed;
      expect(await newestPosition(feed, {} as Sql)).toBe(newest);
      expect(reads).toBeLessThanOrEqual(50);
    }),
  );
});

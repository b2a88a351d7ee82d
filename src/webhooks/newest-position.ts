import type { Sql } from '../platform/database/sql.js';
import type { Feed } from '../platform/feed/feed.js';

/**
 * The newest position of the feed, 0 when it is empty. The feed is read forwards only, and the answer to "is there anything after N" changes once, from yes to no:
 * doubling and then halving finds that place in a number of single-row reads that is logarithmic in the feed's length.
 */
export async function newestPosition(feed: Feed, sql: Sql): Promise<bigint> {
  const anythingAfter = async (position: bigint) => (await feed.read(sql, position, 1)).length > 0;
  if (!(await anythingAfter(0n))) return 0n;
  let low = 0n;
  let high = 1n;
  while (await anythingAfter(high)) {
    low = high;
    high *= 2n;
  }
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (await anythingAfter(middle)) low = middle;
    else high = middle;
  }
  return high;
}

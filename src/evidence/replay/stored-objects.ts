import { Database } from '../../platform/database/sql.js';
import { EvidenceStore } from '../evidence-store.js';
import { type Difference, shown } from './difference.js';

const PAGE = 200;

/** Reads every object of the store and compares it with the name under which it is kept. @param since only what was stored from this instant on */
export async function* objectDifferences(database: Database, store: EvidenceStore, since: Date | undefined, onObjects: (count: number) => void = () => undefined): AsyncGenerator<Difference> {
  for (let after = ''; ; ) {
    const page = await database.query<{ sha256: string; size: number }>(`SELECT sha256, size FROM evidence WHERE sha256 > $1 AND ($2::timestamptz IS NULL OR stored_at >= $2) ORDER BY sha256 LIMIT ${PAGE}`, [after, since ?? null]);
    for (const { sha256, size } of page) {
      const held = await store.examine(sha256);
      if (held.fault !== undefined) yield { kind: 'evidence', place: 'object', stored: shown(sha256), computed: shown(held.fault), sha256 };
      else if (held.size !== size) yield { kind: 'evidence', place: 'size', stored: String(size), computed: String(held.size), sha256 };
    }
    onObjects(page.length);
    const last = page.at(-1);
    if (!last) return;
    after = last.sha256;
  }
}

import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/sql.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Log } from '../../platform/log/log.js';
import { bundledRoots } from './bundled-roots.js';
import { type FolderCertificate, type FolderReading, readTrustFolder } from './trust-folder.js';
import { bumpRevision, lockTrust, logTrust, putEntry, TRUST_COLUMNS, type TrustRow } from './trust-rows.js';

/** A change in the folder counts within this time and a little. */
const EVERY_MS = 20_000;
const FOLDER = 'folder';
const NOTHING: FolderReading = { certificates: [], unreadable: [] };

const keyOf = (use: string, fingerprint: string): string => `${use} ${fingerprint}`;

/** Keeps the store in step with what vouches without being asked: the folder of certificates, and the roots that come with Node. On one worker at a time. */
@Injectable()
export class TrustSync implements OnModuleInit {
  /** What was complained of already. */
  #complaints = '';

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly log: Log,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.jobs.sweep('companies.trust', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    const { trustDir } = this.settings;
    const reading = trustDir === undefined ? NOTHING : await readTrustFolder(trustDir);
    this.#complain(reading);
    await this.database.transaction(async (tx) => {
      await lockTrust(tx);
      const changes = [await this.#folder(tx, reading), await bundled(tx)];
      if (changes.some((changed) => changed)) await bumpRevision(tx);
    });
  }

  /** Once for each state of things, or it would be said every few seconds. */
  #complain({ unreadable }: FolderReading): void {
    const complaints = unreadable.map(({ place, why }) => `${place}: ${why}`).join('\n');
    if (complaints !== this.#complaints) for (const { place, why } of unreadable) this.log.warn('a file in CORRIERE_TRUST_DIR cannot be read; what was read from it before still counts', { file: place, why });
    this.#complaints = complaints;
  }

  async #folder(tx: Tx, { certificates, unreadable }: FolderReading): Promise<boolean> {
    const rows = await tx.query<TrustRow>(`SELECT ${TRUST_COLUMNS} FROM trust_anchors WHERE scope = 'public' AND (source = 'folder' OR fingerprint = ANY ($1)) ORDER BY use, fingerprint`, [
      certificates.map(({ facts }) => facts.fingerprint),
    ]);
    const known = new Map(rows.map((row) => [keyOf(row.use, row.fingerprint), row]));
    const present = new Map<string, FolderCertificate>();
    for (const certificate of certificates) if (!present.has(keyOf(certificate.use, certificate.facts.fingerprint))) present.set(keyOf(certificate.use, certificate.facts.fingerprint), certificate);
    let changed = false;
    for (const [key, { use, place, facts }] of present) {
      const row = known.get(key);
      // A person's word weighs more than the folder's, and is not taken back when the file goes.
      if (row?.withdrawnAt === null && (row.source === 'person' || (row.source === 'folder' && row.place === place))) continue;
      const moved = row?.source === 'folder' && row.withdrawnAt === null;
      const entry = await putEntry(tx, { scope: 'public', use, source: 'folder', facts, by: FOLDER, place });
      if (!entry || moved) continue;
      changed = true;
      await logTrust(tx, { action: 'found', entry, by: FOLDER, note: place });
      this.log.info('a certificate in CORRIERE_TRUST_DIR counts from now on', { file: place, use, fingerprint: facts.fingerprint, subject: facts.subject, revoked: entry.state === 'revoked' });
    }
    // A file that cannot be read at the moment says nothing of what was in it.
    const silent = (place: string | null): boolean => unreadable.some((one) => one.place === '.' || one.place === place || (place?.startsWith(`${one.place}/`) ?? false));
    for (const row of rows) {
      if (row.source !== 'folder' || present.has(keyOf(row.use, row.fingerprint)) || silent(row.place) || row.withdrawnAt !== null) continue;
      await tx.query('UPDATE trust_anchors SET withdrawn_at = clock_timestamp() WHERE scope = $1 AND use = $2 AND fingerprint = $3', [row.scope, row.use, row.fingerprint]);
      changed = true;
      await logTrust(tx, { action: 'withdrawn', entry: row, by: FOLDER, ...(row.place === null ? {} : { note: row.place }) });
      this.log.warn('a certificate is no longer in CORRIERE_TRUST_DIR and counts no more', { file: row.place, use: row.use, fingerprint: row.fingerprint, subject: row.subject });
    }
    return changed;
  }
}

/** Node's roots as entries, so that they can be looked at and revoked. What counts of them is asked of Node itself. */
async function bundled(tx: Tx): Promise<boolean> {
  const roots = bundledRoots();
  const fingerprints = roots.map((root) => root.fingerprint);
  const rows = await tx.query<{ fingerprint: string; stays: boolean; gone: boolean }>(
    `SELECT fingerprint, source = 'person' OR (source IN ('folder', 'bundled') AND withdrawn_at IS NULL) AS stays, source = 'bundled' AND withdrawn_at IS NULL AND fingerprint <> ALL ($1) AS gone
     FROM trust_anchors WHERE scope = 'public' AND use = 'pec' AND (source = 'bundled' OR fingerprint = ANY ($1))`,
    [fingerprints],
  );
  const stays = new Set(rows.filter((row) => row.stays).map((row) => row.fingerprint));
  const missing = roots.filter((root) => !stays.has(root.fingerprint));
  for (const facts of missing) await putEntry(tx, { scope: 'public', use: 'pec', source: 'bundled', facts, by: `Node.js ${process.versions.node}` });
  const gone = rows.filter((row) => row.gone).map((row) => row.fingerprint);
  if (gone.length > 0) await tx.query("UPDATE trust_anchors SET withdrawn_at = clock_timestamp() WHERE scope = 'public' AND use = 'pec' AND fingerprint = ANY ($1)", [gone]);
  return missing.length + gone.length > 0;
}

import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import { EvidenceStore, sha256Hex } from '../../evidence/evidence-store.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/sql.js';
import { Problem } from '../../platform/http/problem.js';
import { invalidBody, notFound } from '../../platform/http/problems.js';
import { newId } from '../../platform/ids.js';
import type { ManualAct } from '../../sdi/index.js';
import { claimIdempotencyKey, idempotencyScope } from '../intake/idempotency.js';
import { Invoices } from '../invoices.js';
import { ACT_NOT_POSSIBLE } from '../problems.js';
import { Timeline } from '../timeline/timeline.js';
import { hindranceTo } from './acts.js';

export interface ManualEventRequest {
  readonly act: ManualAct;
  /** Why, how, to whom: whoever reads it later knows nothing else. */
  readonly note: string;
  /** When it was done, ISO 8601 with its offset; now, when left out. */
  readonly at?: string | undefined;
}

/** Clocks of two machines differ; what a person says of tomorrow was not done yet. */
const MOST_AHEAD_MS = 60_000;

/**
 * What a person says that was done outside: the buyer was told, the file handed over or sent by another way. An audited entry of the timeline that moves no state: it rests
 * on the person's statement, with name and reason, and meets the duties that no message of SdI meets (sdi.md 5.5).
 */
@Injectable()
export class ManualEvents {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly evidence: EvidenceStore,
    private readonly invoices: Invoices,
    private readonly timeline: Timeline,
  ) {}

  /**
   * @param idempotencyKey repeating a request with the same key writes nothing twice
   * @returns the key of the entry in the timeline
   * @throws Problem 404, 409 when the state does not allow the act, 422 when its instant lies ahead
   */
  async write(caller: Caller, invoiceId: string, request: ManualEventRequest, idempotencyKey: string | undefined): Promise<string> {
    const invoice = await this.invoices.get(invoiceId);
    if (!invoice || !mayRead(caller, invoice.companyId)) throw notFound({ it: 'La fattura', en: 'The invoice' }, invoiceId);
    const now = this.clock.now();
    const at = request.at === undefined ? now : new Date(request.at);
    if (at.getTime() > now.getTime() + MOST_AHEAD_MS) throw ahead(request.at ?? '');
    const { act, note } = request;
    const scope = `events:${idempotencyScope(caller)}`;
    const key = `manual:${idempotencyKey === undefined ? newId() : sha256Hex(Buffer.from(JSON.stringify([scope, idempotencyKey, invoiceId])))}`;
    await this.database.transaction(async (tx) => {
      const sha256 = sha256Hex(Buffer.from(JSON.stringify([invoiceId, act, note, request.at ?? null])));
      if (idempotencyKey !== undefined && (await claimIdempotencyKey(tx, { scope, key: idempotencyKey, sha256 }, invoiceId)) !== undefined) return;
      const statement = JSON.stringify({ request: 'manual', invoiceId, act, note, by: caller.name, at: at.toISOString(), statedAt: now.toISOString() });
      const evidenceSha256 = await this.evidence.put(Buffer.from(statement), 'application/json', tx);
      const { before } = await this.timeline.append(tx, invoiceId, [{ type: 'manual', key, at: at.toISOString(), act, source: 'person', evidenceSha256, facts: { note, by: caller.name } }]);
      // Judged under the invoice's lock: what came a moment ago has its say.
      const hindrance = hindranceTo(act, before);
      if (hindrance) throw new Problem(ACT_NOT_POSSIBLE, hindrance, { extra: { status: before } });
    });
    return key;
  }
}

function ahead(value: string): Problem {
  return invalidBody([
    {
      code: 'in-the-future',
      severity: 'error',
      path: '/at',
      value,
      message: { it: 'L’istante è nel futuro: si annota ciò che è stato fatto.', en: 'The instant lies in the future: what is noted down is what was done.' },
      fix: { it: 'Indicare quando è stato fatto, oppure ometterlo: vale adesso.', en: 'State when it was done, or leave it out: now counts.' },
    },
  ]);
}

import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../../platform/index.js';
import { FRESH, type LaneMemory } from './decide.js';

const Kept = z.object({
  connectionFailures: z.number(),
  authFailures: z.number(),
  throttles: z.number(),
  senderRefusals: z.number(),
  stopped: z.boolean(),
  notBefore: z.coerce.date().optional(),
});

/** What lanes remember of failures, kept where a restart or another worker finds it: refused logins must not be counted from zero again. */
@Injectable()
export class LaneMemories {
  constructor(private readonly database: Database) {}

  async recall(mailboxId: string): Promise<LaneMemory> {
    const [row] = await this.database.query<{ memory: unknown }>('SELECT memory FROM send_lanes WHERE mailbox_id = $1', [mailboxId]);
    const kept = row && Kept.safeParse(row.memory);
    if (!kept?.success) return FRESH;
    const { notBefore, ...memory } = kept.data;
    return notBefore ? { ...memory, notBefore } : memory;
  }

  async keep(mailboxId: string, memory: LaneMemory): Promise<void> {
    if (memory === FRESH) await this.database.query('DELETE FROM send_lanes WHERE mailbox_id = $1', [mailboxId]);
    else await this.database.query('INSERT INTO send_lanes (mailbox_id, memory) VALUES ($1, $2) ON CONFLICT (mailbox_id) DO UPDATE SET memory = excluded.memory', [mailboxId, JSON.stringify(memory)]);
  }
}

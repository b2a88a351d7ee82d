import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/sql.js';

/** How long a known offset is believed before the database is asked again: another process may have advanced the clock. */
const BELIEVED_MS = 1000;

/** The time in which the sandbox's provider and SdI live: the real one and an offset that only grows, kept in the database. */
@Injectable()
export class SandboxClock {
  #offset = 0;
  #readAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async now(): Promise<Date> {
    const real = this.clock.now().getTime();
    if (Math.abs(real - this.#readAt) > BELIEVED_MS) await this.read();
    return new Date(this.clock.now().getTime() + this.#offset);
  }

  async offset(): Promise<number> {
    await this.read();
    return this.#offset;
  }

  /** Moves the clock forward; returns the new offset in milliseconds. */
  async advance(milliseconds: number): Promise<number> {
    const [row] = await this.database.query<{ clock_offset_ms: string }>(
      'UPDATE sandbox_state SET clock_offset_ms = clock_offset_ms + $1 RETURNING clock_offset_ms',
      [Math.round(milliseconds)],
    );
    return this.keep(row);
  }

  private async read(): Promise<void> {
    const [row] = await this.database.query<{ clock_offset_ms: string }>('SELECT clock_offset_ms FROM sandbox_state');
    this.keep(row);
  }

  private keep(row: { clock_offset_ms: string } | undefined): number {
    this.#offset = Number(row?.clock_offset_ms ?? 0);
    this.#readAt = this.clock.now().getTime();
    return this.#offset;
  }
}

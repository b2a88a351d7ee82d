import { Injectable } from '@nestjs/common';
import { PROGRESSIVI } from '../../fatturapa/index.js';
import { sequenceState, WARN_AT_PERCENT } from '../../fatturapa/files/sequence.js';
import { Database } from '../../platform/database/sql.js';
import { type Finding, Problem } from '../../platform/http/problem.js';
import { FILE_NAMES_EXHAUSTED } from '../problems.js';

interface Waiting {
  readonly resolve: (number: bigint) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Numbers from a transmitter's sequence. Like every sequence it stands outside the transaction that uses its number, so that intakes do not queue behind one another's commit; the
 * name made of it is taken inside. A number whose transaction fails is a gap, and names need not be without gaps (sdi.md 2.1). Requests that come while one is
 * under way share the next statement.
 */
@Injectable()
export class Progressivi {
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(private readonly database: Database) {}

  next(transmitter: string): Promise<bigint> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(transmitter);
      if (waiting) {
        waiting.push({ resolve, reject });
        return;
      }
      this.#waiting.set(transmitter, [{ resolve, reject }]);
      void this.#serve(transmitter);
    });
  }

  /** Transmitters that have few names left: all, or the one named. */
  async runningOut(transmitter: string | undefined): Promise<readonly object[]> {
    const rows = await this.database.query<{ id: string; next_progressivo: string }>('SELECT id, next_progressivo FROM transmitters WHERE next_progressivo >= $1 AND ($2::text IS NULL OR id = $2) ORDER BY id LIMIT 100', [
      (PROGRESSIVI * WARN_AT_PERCENT + 99n) / 100n,
      transmitter ?? null,
    ]);
    return rows.map(({ id, next_progressivo }) => fewNames(id, sequenceState(BigInt(next_progressivo)).left));
  }

  async #serve(transmitter: string): Promise<void> {
    for (;;) {
      const batch = this.#waiting.get(transmitter)?.splice(0) ?? [];
      if (batch.length === 0) break;
      try {
        const [row] = await this.database.query<{ first: string }>(
          `INSERT INTO transmitters (id, next_progressivo) VALUES ($1, 1 + $2::bigint)
           ON CONFLICT (id) DO UPDATE SET next_progressivo = transmitters.next_progressivo + $2
           RETURNING next_progressivo - $2 AS first`,
          [transmitter, batch.length],
        );
        const first = BigInt(row?.first ?? PROGRESSIVI);
        batch.forEach((one, index) => {
          const number = first + BigInt(index);
          if (number < PROGRESSIVI) one.resolve(number);
          else one.reject(exhausted(transmitter));
        });
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    this.#waiting.delete(transmitter);
  }
}

function fewNames(transmitter: string, left: bigint): Finding & { readonly transmitter: string; readonly left: string } {
  return {
    code: 'file-names-running-out',
    severity: left === 0n ? 'error' : 'warning',
    transmitter,
    left: String(left),
    message: { it: `Al trasmittente ${transmitter} restano ${left} nomi di file.`, en: `The transmitter ${transmitter} has ${left} file names left.` },
    fix: { it: 'Preparare un altro IdTrasmittente: i nomi usati non si possono riusare.', en: 'Prepare another IdTrasmittente: names that were used cannot be used again.' },
  };
}

function exhausted(transmitter: string): Problem {
  return new Problem(
    FILE_NAMES_EXHAUSTED,
    { it: `Tutti i nomi di file del trasmittente ${transmitter} sono stati usati.`, en: `All file names of the transmitter ${transmitter} are used up.` },
    { mend: { it: 'Trasmettere con un altro IdTrasmittente.', en: 'Transmit under another IdTrasmittente.' } },
  );
}

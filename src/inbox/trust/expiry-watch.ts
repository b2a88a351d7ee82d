import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TRUST_USES, type TrustUse } from '../../companies/trust/trust-entry.js';
import { TrustList } from '../../companies/trust/trust-list.js';
import { Clock, Metrics } from '../../platform/index.js';
import { endsOf, type TrustFacts, trustWarnings, type TrustWarning } from './expiry.js';
import { SignerRegister } from './signer-register.js';

const MOST_PINNED = 200;

/** Looks ahead: what is in use and about to end, for people and for the metric. */
@Injectable()
export class ExpiryWatch implements OnModuleInit {
  constructor(
    private readonly register: SignerRegister,
    private readonly list: TrustList,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.observeEach({ name: 'corriere_trust_expires_seconds', help: 'Time until the first certificate or authority that is in use ends, by what it signs' }, 'use', () => this.#nearest());
  }

  async warnings(): Promise<TrustWarning[]> {
    return trustWarnings(await this.#facts());
  }

  async #nearest(): Promise<Partial<Record<TrustUse, number>>> {
    const facts = await this.#facts();
    const ends = endsOf(facts);
    return Object.fromEntries(
      TRUST_USES.flatMap((use) => {
        const own = ends.filter((end) => end.use === use).map((end) => end.notAfter.getTime());
        return own.length === 0 ? [] : [[use, (Math.min(...own) - facts.now.getTime()) / 1000]];
      }),
    );
  }

  async #facts(): Promise<TrustFacts> {
    const now = this.clock.now();
    const signers = [...(await this.register.inUse(now)), ...(await this.register.changedUnknown(now))];
    const [inPaths, pinned] = await Promise.all([
      this.list.byFingerprints([...new Set(signers.flatMap((signer) => [signer.fingerprint, ...signer.path]))]),
      this.list.entries({ scope: 'public', source: ['person', 'folder'], state: 'trusted', limit: MOST_PINNED }),
    ]);
    const keys = new Set(inPaths.filter((entry) => entry.authority).flatMap((entry) => (entry.keySha256 === null ? [] : [entry.keySha256])));
    const sameKeys = keys.size === 0 ? [] : await this.list.byKeys([...keys]);
    return { signers, entries: [...inPaths, ...pinned], sameKeys, now };
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/sql.js';
import { Log } from '../platform/log/log.js';
import { SandboxClock } from './clock/sandbox-clock.js';
import { Delivery } from './provider/delivery.js';
import { SandboxProvider } from './provider/provider.js';
import { Runner } from './schedule/runner.js';
import { SandboxSdi } from './sdi/sdi.js';
import { Suppliers } from './suppliers/suppliers.js';

/** Makes the runner that does what the provider and SdI owe; also for who runs them behind other mail servers than the sandbox's own. */
@Injectable()
export class Runners {
  constructor(
    private readonly database: Database,
    private readonly clock: SandboxClock,
    private readonly delivery: Delivery,
    private readonly provider: SandboxProvider,
    private readonly sdi: SandboxSdi,
    private readonly suppliers: Suppliers,
    private readonly log: Log,
  ) {}

  make(): Runner {
    return new Runner(
      this.database,
      this.clock,
      this.delivery,
      {
        transport: (item, tx) => this.provider.transport(item, tx),
        answer: (item, tx) => this.sdi.answer(item, tx),
        invoice: (item, tx) => this.sdi.invoice(item, tx),
        supplier: (item, tx) => this.suppliers.deliver(item, tx),
      },
      this.log,
    );
  }
}

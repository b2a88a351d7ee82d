import {
  type DynamicModule,
  Inject,
  Module,
  type ModuleMetadata,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type Type,
} from '@nestjs/common';
import { SETTINGS, type Settings } from '../platform/config/settings.js';
import { Database } from '../platform/database/sql.js';
import { SandboxClock } from './clock/sandbox-clock.js';
import { SandboxFaults } from './faults/faults.js';
import { SampleIntake, SandboxHome } from './home.js';
import { SandboxHost } from './host.js';
import { FaultyMailStore } from './mail/store/faulty-store.js';
import { PostgresMailStore } from './mail/store/postgres-store.js';
import { MailStore } from './mail/types.js';
import { Keyring } from './pki/keyring.js';
import { SandboxAccounts } from './provider/accounts.js';
import { Delivery, StoreDelivery } from './provider/delivery.js';
import { SandboxProvider } from './provider/provider.js';
import { Submissions } from './provider/submissions.js';
import { SandboxController, SandboxOn } from './rest/sandbox.controller.js';
import { SuppliersController } from './rest/suppliers.controller.js';
import { Runners } from './runners.js';
import { Sandbox } from './sandbox.js';
import { Wake } from './schedule/wake.js';
import { Arrivals } from './sdi/arrivals.js';
import { SandboxSdi } from './sdi/sdi.js';
import { Suppliers } from './suppliers/suppliers.js';

export interface SandboxBindings {
  /** Modules from which the two adapters inject. */
  readonly imports: ModuleMetadata['imports'];
  readonly home: Type<SandboxHome>;
  readonly intake: Type<SampleIntake>;
}

/** The PEC provider and the SdI in a box. Its controller answers 404 `sandbox-off` and nothing is started when the settings turn it off. */
@Module({})
export class SandboxModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly host: SandboxHost,
  ) {}

  static with({ imports = [], home, intake }: SandboxBindings): DynamicModule {
    return {
      module: SandboxModule,
      imports,
      controllers: [SandboxController, SuppliersController],
      providers: [
        { provide: SandboxHome, useClass: home },
        { provide: SampleIntake, useClass: intake },
        {
          provide: MailStore,
          inject: [Database, SandboxFaults],
          useFactory: (database: Database, faults: SandboxFaults) => new FaultyMailStore(new PostgresMailStore(database), faults),
        },
        { provide: Delivery, useClass: StoreDelivery },
        Arrivals,
        Keyring,
        Runners,
        Sandbox,
        SandboxAccounts,
        SandboxClock,
        SandboxFaults,
        SandboxHost,
        SandboxOn,
        SandboxProvider,
        SandboxSdi,
        Submissions,
        Suppliers,
        Wake,
      ],
      exports: [Sandbox],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.settings.sandbox && this.settings.role !== 'api') await this.host.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.host.stop();
  }
}

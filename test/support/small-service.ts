import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, type DynamicModule, Get, Injectable, Module, type OnModuleDestroy, type OnModuleInit, Query, SetMetadata } from '@nestjs/common';
import { bootstrap } from '../../src/platform/bootstrap.js';
import { readSettings } from '../../src/platform/config/read-settings.js';
import { Database } from '../../src/platform/database/sql.js';
import { defineJob, Jobs } from '../../src/platform/jobs/jobs.js';
import { MIGRATIONS } from '../../src/migrations.js';

const Count = defineJob<{ n: number }>('small.count');

/** Counts jobs in the database, and tells its parent about the steps of its life. */
@Injectable()
class SmallRoom implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly jobs: Jobs,
    readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.database.query('CREATE TABLE IF NOT EXISTS small_counts (n integer PRIMARY KEY)');
    this.jobs.handle(Count, async ({ n }) => {
      await sleep(20);
      await this.database.query('INSERT INTO small_counts VALUES ($1) ON CONFLICT DO NOTHING', [n]);
    });
  }

  onModuleDestroy(): void {
    process.send?.('room destroyed');
  }

  async count(n: number): Promise<void> {
    await this.jobs.enqueue(Count, { n });
  }
}

@Controller('v1/small')
class SmallController {
  constructor(private readonly room: SmallRoom) {}

  @Get('counts')
  async counts(): Promise<object> {
    return { counts: (await this.room.database.query<{ n: number }>('SELECT n FROM small_counts ORDER BY n')).map(({ n }) => n) };
  }

  @Get('enqueue')
  async enqueue(@Query('n') n: string): Promise<object> {
    await this.room.count(Number(n));
    return {};
  }

  @Get('slow')
  async slow(): Promise<object> {
    process.send?.('request runs');
    await sleep(700);
    return { rows: await this.room.database.query('SELECT 1 AS one') };
  }

  @Get('never')
  @SetMetadata('never', true)
  never(): Promise<void> {
    process.send?.('request runs');
    return new Promise(() => undefined);
  }
}

@Module({})
class SmallModule {
  static on(platform: DynamicModule): DynamicModule {
    return { module: SmallModule, imports: [platform], providers: [SmallRoom], controllers: [SmallController] };
  }
}

export async function startSmallService(): Promise<void> {
  const { port } = await bootstrap({ settings: readSettings(process.env), migrations: MIGRATIONS, createModule: (platform) => SmallModule.on(platform) });
  process.send?.({ port });
}

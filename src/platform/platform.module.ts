import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, type DynamicModule, Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { Clock, SystemClock } from './clock.js';
import { SETTINGS, type Settings } from './config/settings.js';
import { Database } from './database/sql.js';
import { Feed } from './feed/feed.js';
import { HealthController } from './http/health.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { Readiness } from './http/readiness.js';
import type { JobsBackend } from './jobs/backends.js';
import { BullJobs } from './jobs/bull-jobs.js';
import { JOB_QUEUES, Jobs } from './jobs/jobs.js';
import { Leases } from './leases/leases.js';
import { Log } from './log/log.js';
import { Metrics } from './metrics/metrics.js';
import { SecretBox } from './secrets/secret-box.js';

/** What is opened before the framework and closed after it. */
export interface PlatformParts {
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly database: Database;
  readonly leases: Leases;
  readonly secrets: SecretBox;
  readonly feed: Feed;
  readonly jobsBackend: JobsBackend;
}

/** Gives every room its ports, and starts the jobs once all rooms have registered theirs. */
@Module({})
export class PlatformModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly jobs: BullJobs,
  ) {}

  static forRoot(parts: PlatformParts): DynamicModule {
    const values: readonly [object, unknown][] = [
      [Clock, new SystemClock()],
      [Log, parts.log],
      [Metrics, parts.metrics],
      [Readiness, parts.readiness],
      [Database, parts.database],
      [Leases, parts.leases],
      [SecretBox, parts.secrets],
      [Feed, parts.feed],
    ];
    const [lanes, deliveries] = JOB_QUEUES;
    return {
      module: PlatformModule,
      global: true,
      imports: [BullModule.forRoot(parts.jobsBackend.queueOptions), BullModule.registerQueue(...JOB_QUEUES.map((name) => ({ name })))],
      controllers: [HealthController],
      providers: [
        { provide: SETTINGS, useValue: parts.settings },
        ...values.map(([provide, useValue]) => ({ provide: provide as typeof Clock, useValue })),
        {
          provide: BullJobs,
          inject: [getQueueToken(lanes), getQueueToken(deliveries)],
          useFactory: (first: Queue, second: Queue) => new BullJobs({ lanes: first, deliveries: second }, parts.jobsBackend, parts.leases, parts.log.child({ room: 'jobs' }), parts.metrics),
        },
        { provide: Jobs, useExisting: BullJobs },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(parts.log.child({ room: 'http' })) },
      ],
      exports: [SETTINGS, BullJobs, Jobs, ...values.map(([provide]) => provide as typeof Clock)],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.settings.role !== 'api') await this.jobs.start();
  }

  /** After the rooms have ended their loops, and before the queues are closed to what still runs. */
  beforeApplicationShutdown(): Promise<void> {
    return this.jobs.close();
  }
}

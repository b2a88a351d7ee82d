import { Controller, Get, Header, Res, SetMetadata } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Metrics } from '../metrics/metrics.js';
import { Readiness } from './readiness.js';

/** Same word as the guard of the room that knows callers; machines that watch the service have no key. */
const OPEN = SetMetadata('corriere:public', true);

@ApiTags('operations')
@OPEN
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  /** The process lives. */
  @Get('healthz')
  @Header('cache-control', 'no-store')
  health(): object {
    return { ok: true };
  }

  /** It can do its work: 503 with the check that fails otherwise. */
  @Get('readyz')
  async ready(@Res() response: Response): Promise<void> {
    const report = await this.readiness.report();
    response.status(report.ready ? 200 : 503).setHeader('cache-control', 'no-store').json(report);
  }

  @Get('metrics')
  async metricsText(@Res() response: Response): Promise<void> {
    response.setHeader('content-type', this.metrics.contentType).end(await this.metrics.render());
  }
}

import { Body, type CanActivate, Controller, Delete, Get, HttpCode, Inject, Injectable, Post, Query, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Scopes } from '../../companies/auth/decorators.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { defineProblem, Problem } from '../../platform/http/problem.js';
import { type RuleParams, zodBody, zodQuery } from '../../platform/http/zod-body.js';
import { FLOWS } from '../../sdi/lifecycle/types.js';
import { parseDuration } from '../clock/duration.js';
import { OUTCOMES } from '../outcomes/outcomes.js';
import { Sandbox } from '../sandbox.js';
import { DemoOnly } from './demo-only.js';
import { FaultBody } from './fault-body.js';

const SANDBOX_OFF = defineProblem('sandbox-off', 404, { it: 'Sandbox non attiva', en: 'The sandbox is off' });

const BAD_DURATION = {
  code: 'duration',
  message: { it: 'Durata non valida: per esempio 15d, 36h, 10m.', en: 'Not a duration: for example 15d, 36h, 10m.' },
} satisfies RuleParams;
const UNKNOWN_ENDING = {
  code: 'outcome',
  message: { it: 'Terminazione sconosciuta: vedere GET /v1/sandbox.', en: 'Unknown ending: see GET /v1/sandbox.' },
} satisfies RuleParams;

const isEnding = (ending: string): boolean =>
  /^-NS(\d{5}|nnnnn)$/i.test(ending) || OUTCOMES.some((outcome) => outcome.ending.toUpperCase() === ending.toUpperCase());

const ClockBody = z.object({ advance: z.string().refine((text) => parseDuration(text) !== undefined, { params: BAD_DURATION }) });
const SampleBody = z.object({
  /** One ending, or several separated by commas for a lot of as many documents. */
  outcome: z
    .string()
    .max(500)
    .default('')
    .refine((text) => text.split(',').every((ending) => isEnding(ending.trim())), { params: UNKNOWN_ENDING }),
  flow: z.enum(FLOWS).default('private'),
});
const ArrivalsQuery = z.object({ fileName: z.string().max(200).optional() });

/** Lets nobody in while the sandbox is off. */
@Injectable()
export class SandboxOn implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  canActivate(): boolean {
    if (this.settings.sandbox) return true;
    throw new Problem(
      SANDBOX_OFF,
      { it: 'La sandbox non è attiva in questo servizio.', en: 'This service runs without its sandbox.' },
      { mend: { it: 'Avviare il servizio con CORRIERE_SANDBOX=on.', en: 'Start the service with CORRIERE_SANDBOX=on.' } },
    );
  }
}

@ApiTags('sandbox')
@UseGuards(SandboxOn, DemoOnly)
@Controller('v1/sandbox')
export class SandboxController {
  constructor(private readonly sandbox: Sandbox) {}

  @Get()
  @Scopes('sandbox')
  view() {
    return this.sandbox.view();
  }

  @Post('clock')
  @HttpCode(200)
  @Scopes('sandbox')
  @ApiZodBody(ClockBody)
  advance(@Body(zodBody(ClockBody)) { advance }: z.infer<typeof ClockBody>) {
    return this.sandbox.advance(parseDuration(advance) ?? 0);
  }

  @Post('faults')
  @Scopes('sandbox')
  @ApiZodBody(FaultBody)
  async setFault(@Body(zodBody(FaultBody)) fault: z.infer<typeof FaultBody>): Promise<object> {
    if (fault.kind === 'bump-uidvalidity') return { uidValidity: await this.sandbox.bumpUidValidity(fault.account) };
    return this.sandbox.setFault(fault);
  }

  @Delete('faults')
  @HttpCode(204)
  @Scopes('sandbox')
  clearFaults(): void {
    this.sandbox.clearFaults();
  }

  @Post('samples')
  @HttpCode(202)
  @Scopes('sandbox', 'invoices:write')
  @ApiZodBody(SampleBody)
  sample(@Body(zodBody(SampleBody)) { outcome, flow }: z.infer<typeof SampleBody>): Promise<object> {
    return this.sandbox.sample(
      outcome.split(',').map((ending) => ending.trim()),
      flow,
    );
  }

  @Get('arrivals')
  @Scopes('sandbox')
  arrivals(@Query(zodQuery(ArrivalsQuery)) { fileName }: z.infer<typeof ArrivalsQuery>) {
    return this.sandbox.listArrivals(fileName);
  }
}

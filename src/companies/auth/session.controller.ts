import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Problem } from '../../platform/http/problem.js';
import { zodBody } from '../../platform/http/zod-body.js';
import { cookie } from './auth.guard.js';
import { CallerParam, Public } from './decorators.js';
import { FORBIDDEN, TOO_MANY_SIGN_INS, UNAUTHORIZED } from './problems.js';
import { type Caller, SCOPES } from './scopes.js';
import { SESSION_COOKIE, Sessions } from './sessions.js';

const SignIn = z.union([z.object({ key: z.string().min(1).max(200) }), z.object({ password: z.string().min(1).max(200) })]);
const NewPassword = z.object({ password: z.string().min(10).max(200) });

const FAILURES_MAX = 10;
const WINDOW_MS = 60_000;

/** The dashboard's sign-in. */
@ApiTags('session')
@Controller('v1/session')
export class SessionController {
  /** Failed sign-ins of the last minute, per address. */
  readonly #failures = new Map<string, { count: number; since: number }>();

  constructor(
    private readonly sessions: Sessions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Public()
  @Post()
  @HttpCode(200)
  async signIn(@Body(zodBody(SignIn)) body: z.infer<typeof SignIn>, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<object> {
    const from = request.ip ?? 'unknown';
    const failures = this.#failures.get(from);
    if (failures && Date.now() - failures.since < WINDOW_MS && failures.count >= FAILURES_MAX) {
      throw new Problem(
        TOO_MANY_SIGN_INS,
        { it: 'Troppi tentativi falliti da questo indirizzo.', en: 'Too many failed attempts from this address.' },
        { mend: { it: 'Riprovare tra un minuto.', en: 'Try again in a minute.' }, headers: { 'retry-after': '60' } },
      );
    }
    const session = 'key' in body ? await this.sessions.openWithKey(body.key) : await this.sessions.openWithPassword(body.password);
    if (!session) {
      this.#count(from);
      throw new Problem(UNAUTHORIZED, { it: 'Chiave o password errata.', en: 'Wrong key or password.' });
    }
    this.#failures.delete(from);
    response.cookie(SESSION_COOKIE, session.token, { httpOnly: true, sameSite: 'strict', secure: request.secure || this.settings.publicUrl.startsWith('https:'), path: '/', expires: session.expires });
    return { passwordSet: await this.sessions.passwordSet() };
  }

  @Get()
  async current(@CallerParam() caller: Caller): Promise<object> {
    return { name: caller.name, scopes: caller.scopes, companyId: caller.companyId ?? null, passwordSet: await this.sessions.passwordSet(), sandbox: this.settings.sandbox };
  }

  @Public()
  @Delete()
  @HttpCode(204)
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const token = cookie(request.headers.cookie, SESSION_COOKIE);
    if (token) await this.sessions.close(token);
    response.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  @Put('password')
  @HttpCode(204)
  async setPassword(@Body(zodBody(NewPassword)) body: z.infer<typeof NewPassword>, @CallerParam() caller: Caller): Promise<void> {
    // A password opens everything, so only who has everything may choose it.
    if (caller.companyId || !SCOPES.every((scope) => caller.scopes.includes(scope))) {
      throw new Problem(FORBIDDEN, { it: 'Solo una chiave completa può scegliere la password.', en: 'Only a key with every scope may choose the password.' });
    }
    await this.sessions.setPassword(body.password);
  }

  #count(from: string): void {
    const failures = this.#failures.get(from);
    if (this.#failures.size > 10_000) this.#failures.clear();
    if (failures && Date.now() - failures.since < WINDOW_MS) failures.count += 1;
    else this.#failures.set(from, { count: 1, since: Date.now() });
  }
}

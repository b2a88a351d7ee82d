import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Problem } from '../../platform/http/problem.js';
import { ApiKeys } from './api-keys.js';
import { PUBLIC, type RequestWithCaller, SCOPED } from './decorators.js';
import { FORBIDDEN, UNAUTHORIZED } from './problems.js';
import type { Caller } from './scopes.js';
import { SESSION_COOKIE, Sessions } from './sessions.js';

/** The value of one cookie; the header is short and simple enough not to need a library. */
export function cookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

const MEND = {
  it: 'Inviare l’intestazione "Authorization: Bearer <chiave>" con una chiave valida. La prima chiave è stata mostrata al primo avvio.',
  en: 'Send the header "Authorization: Bearer <key>" with a valid key. The first key was shown at the first start.',
};

/** Every route needs a key (bearer token) or a dashboard session, unless it is {@link Public}. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeys,
    private readonly sessions: Sessions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) return true;
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const caller = await this.#caller(request);
    for (const scope of this.reflector.getAllAndOverride<string[] | undefined>(SCOPED, targets) ?? []) {
      if (!caller.scopes.includes(scope)) {
        throw new Problem(
          FORBIDDEN,
          { it: `La chiave non ha il permesso "${scope}".`, en: `The key lacks the scope "${scope}".` },
          { mend: { it: 'Usare una chiave con questo permesso.', en: 'Use a key that has this scope.' } },
        );
      }
    }
    request.caller = caller;
    return true;
  }

  async #caller(request: RequestWithCaller): Promise<Caller> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const [, key] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
      const caller = key ? await this.keys.verify(key) : undefined;
      if (caller) return caller;
      throw new Problem(UNAUTHORIZED, { it: 'La chiave non è valida o è stata revocata.', en: 'The key is not valid or was revoked.' }, { mend: MEND, headers: { 'www-authenticate': 'Bearer' } });
    }
    const token = cookie(request.headers.cookie, SESSION_COOKIE);
    const caller = token ? await this.sessions.verify(token) : undefined;
    if (!caller) {
      throw new Problem(UNAUTHORIZED, { it: 'Manca la chiave di accesso.', en: 'The key is missing.' }, { mend: MEND, headers: { 'www-authenticate': 'Bearer' } });
    }
    this.#refuseForeignOrigin(request);
    return caller;
  }

  /** A cookie travels with requests that other sites make; SameSite stops most of them, the Origin header the rest. */
  #refuseForeignOrigin(request: RequestWithCaller): void {
    const { origin, host } = request.headers;
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || origin === undefined) return;
    // Behind a proxy the Host may be the inner one; the public address is ours in any case.
    if (origin === new URL(this.settings.publicUrl).origin || (URL.canParse(origin) && new URL(origin).host === host)) return;
    throw new Problem(FORBIDDEN, { it: 'La richiesta viene da un altro sito.', en: 'The request comes from another site.' });
  }
}

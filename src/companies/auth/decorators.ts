import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { Caller, Scope } from './scopes.js';

export const PUBLIC = 'corriere:public';
export const SCOPED = 'corriere:scopes';

/** Needs no key: sign-in, health, the dashboard's files. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** The scopes that the caller must have, all of them. A route without it is open to every valid key. */
export const Scopes = (...scopes: Scope[]): MethodDecorator & ClassDecorator => SetMetadata(SCOPED, scopes);

export interface RequestWithCaller extends Request {
  caller?: Caller;
}

/** The {@link Caller}, put there by the guard. */
export const CallerParam = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<RequestWithCaller>();
  return caller ?? { scopes: [], name: 'anonymous' };
});

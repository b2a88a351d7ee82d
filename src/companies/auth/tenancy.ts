import { Problem } from '../../platform/http/problem.js';
import { FORBIDDEN } from './problems.js';
import type { Caller } from './scopes.js';

/** A key that is bound to a company reaches that one only; `undefined` stands for what belongs to no single company. */
export function allowCompany(caller: Caller, companyId: string | undefined): void {
  if (caller.companyId !== undefined && caller.companyId !== companyId) {
    throw new Problem(FORBIDDEN, { it: 'La chiave vale per un’altra azienda.', en: 'The key is bound to another company.' });
  }
}

/** True when the caller may see what belongs to this company; for reads that answer "not found" rather than "forbidden". */
export function mayRead(caller: Caller, companyId: string): boolean {
  return caller.companyId === undefined || caller.companyId === companyId;
}

import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { RequestWithCaller } from '../../companies/auth/decorators.js';
import { allowCompany } from '../../companies/auth/tenancy.js';
import { SandboxHome } from '../home.js';

/** The sandbox is the demo company's: a key that is bound to another company neither sees its arrivals nor turns its clock. */
@Injectable()
export class DemoOnly implements CanActivate {
  constructor(private readonly home: SandboxHome) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { caller } = context.switchToHttp().getRequest<RequestWithCaller>();
    if (caller?.companyId !== undefined && !(await this.home.isDemo(caller.companyId))) allowCompany(caller, undefined);
    return true;
  }
}

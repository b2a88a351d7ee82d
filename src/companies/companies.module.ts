import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ApiKeys } from './auth/api-keys.js';
import { AuthGuard } from './auth/auth.guard.js';
import { KeysController } from './auth/keys.controller.js';
import { SessionController } from './auth/session.controller.js';
import { Sessions } from './auth/sessions.js';
import { CompaniesController } from './company/companies.controller.js';
import { Companies } from './company/companies.js';
import { Mailboxes } from './mailboxes/mailboxes.js';
import { MailboxesController } from './mailboxes/mailboxes.controller.js';
import { MailboxReading } from './mailboxes/reading.js';
import { StoredMailboxes } from './mailboxes/stored-mailboxes.js';
import { MailboxUsage } from './mailboxes/usage.js';
import { TrustDecisions } from './trust/trust-decisions.js';
import { TrustInForceStore } from './trust/trust-in-force.js';
import { TrustList } from './trust/trust-list.js';
import { TrustSync } from './trust/trust-sync.js';

/** Companies, their mailboxes, keys and sign-in; whose signatures are believed. */
@Module({
  controllers: [SessionController, KeysController, CompaniesController, MailboxesController],
  providers: [
    ApiKeys,
    Sessions,
    Companies,
    StoredMailboxes,
    { provide: Mailboxes, useExisting: StoredMailboxes },
    MailboxUsage,
    MailboxReading,
    TrustInForceStore,
    TrustDecisions,
    TrustList,
    TrustSync,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [ApiKeys, Sessions, Companies, Mailboxes, StoredMailboxes, MailboxUsage, MailboxReading, TrustInForceStore, TrustDecisions, TrustList],
})
export class CompaniesModule {}

import { Companies1764000000003 } from './companies/migrations/1764000000003-companies.js';
import { HealthProvider1764000000102 } from './companies/migrations/1764000000102-health-provider.js';
import { TrustStore1764000000110 } from './companies/migrations/1764000000110-trust-store.js';
import { SdiSightings1764000000131 } from './companies/migrations/1764000000131-sdi-sightings.js';
import { Evidence1764000000002 } from './evidence/migrations/1764000000002-evidence.js';
import { Inbox1764000000006 } from './inbox/migrations/1764000000006-inbox.js';
import { MessageCopies1764000000151 } from './inbox/migrations/1764000000151-message-copies.js';
import { MessageSigners1764000000105 } from './inbox/migrations/1764000000105-message-signers.js';
import { Signers1764000000111 } from './inbox/migrations/1764000000111-signers.js';
import { Reconciliation1764000000130 } from './inbox/migrations/1764000000130-reconciliation.js';
import { JudgeSuppliersInvoicesAgain1764000000141 } from './inbox/migrations/1764000000141-judge-suppliers-invoices-again.js';
import { Quarantine1764000000120 } from './inbox/migrations/1764000000120-quarantine.js';
import { Invoices1764000000004 } from './invoices/migrations/1764000000004-invoices.js';
import { Signing1764000000103 } from './invoices/migrations/1764000000103-signing.js';
import { TimelineChain1764000000150 } from './invoices/migrations/1764000000150-timeline-chain.js';
import { Verdicts1764000000104 } from './invoices/migrations/1764000000104-verdicts.js';
import { Outbox1764000000005 } from './outbox/migrations/1764000000005-outbox.js';
import { FeedByTenant1764000000101 } from './platform/migrations/1764000000101-feed-by-tenant.js';
import { Platform1764000000001 } from './platform/migrations/1764000000001-platform.js';
import { Received1764000000140 } from './received/migrations/1764000000140-received.js';
import { SameReceivedInvoice1764000000143 } from './received/migrations/1764000000143-same-received-invoice.js';
import { SandboxMail1764000000020 } from './sandbox/migrations/1764000000020-sandbox-mail.js';
import { SandboxProvider1764000000021 } from './sandbox/migrations/1764000000021-sandbox-provider.js';
import { SandboxSuppliers1764000000142 } from './sandbox/migrations/1764000000142-sandbox-suppliers.js';
import { Webhooks1764000000007 } from './webhooks/migrations/1764000000007-webhooks.js';

/** Every room's migrations; TypeORM runs them in the order of their names' timestamps. */
export const MIGRATIONS = [
  Platform1764000000001,
  FeedByTenant1764000000101,
  Evidence1764000000002,
  Companies1764000000003,
  Invoices1764000000004,
  Outbox1764000000005,
  Inbox1764000000006,
  SandboxMail1764000000020,
  Webhooks1764000000007,
  SandboxProvider1764000000021,
  HealthProvider1764000000102,
  Signing1764000000103,
  Verdicts1764000000104,
  MessageSigners1764000000105,
  TrustStore1764000000110,
  Signers1764000000111,
  Quarantine1764000000120,
  Reconciliation1764000000130,
  SdiSightings1764000000131,
  Received1764000000140,
  JudgeSuppliersInvoicesAgain1764000000141,
  SandboxSuppliers1764000000142,
  SameReceivedInvoice1764000000143,
  TimelineChain1764000000150,
  MessageCopies1764000000151,
];

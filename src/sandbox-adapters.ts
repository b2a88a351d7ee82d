import { Injectable } from '@nestjs/common';
import type { Caller } from './companies/auth/scopes.js';
import { Companies, type Company } from './companies/company/companies.js';
import { StoredMailboxes } from './companies/mailboxes/stored-mailboxes.js';
import { Intake } from './invoices/intake/intake.js';
import { SigningCertificates } from './invoices/signing/signing-certificates.js';
import { DEMO_COMPANY } from './sandbox/demo-company.js';
import { SampleIntake, SandboxHome, type SandboxSetup } from './sandbox/home.js';

/** The sandbox's provider is ours: its quota only has to be out of the way. */
const QUOTA = { quotaPerHour: 1_000_000, quotaPerDay: 10_000_000 };
/** The sandbox's provider answers within milliseconds, so silence speaks soon. */
const RESEND_UNANSWERED_AFTER_S = 20;
const SAMPLE_SENDER: Caller = { name: 'sandbox', scopes: ['invoices:write'] };

/** Sets the demo company and its mailbox up on the companies room. */
@Injectable()
export class CompaniesHome extends SandboxHome {
  constructor(
    private readonly companies: Companies,
    private readonly mailboxes: StoredMailboxes,
    private readonly certificates: SigningCertificates,
  ) {
    super();
  }

  override async ensure({ company, mailbox, signer, anchors }: SandboxSetup): Promise<void> {
    for (const certificate of anchors.pec) await this.mailboxes.addAnchor('sandbox', 'pec', certificate);
    for (const certificate of anchors.sdi) await this.mailboxes.addAnchor('sandbox', 'sdi', certificate);
    const { id: companyId } = (await this.#find(company)) ?? (await this.companies.create(company));
    if ((await this.certificates.get(companyId))?.state !== 'valid') await this.certificates.put(companyId, await signer(), undefined);
    const existing = (await this.mailboxes.list(companyId)).find((candidate) => candidate.trust === 'sandbox' && candidate.address === mailbox.address);
    const { smtp, imap, passwords, tlsCa } = mailbox;
    if (existing) await this.mailboxes.change(existing.id, { smtp, imap, passwords, tlsCa });
    else await this.mailboxes.create({ companyId, provider: 'sandbox', folders: ['INBOX'], resendUnansweredAfterS: RESEND_UNANSWERED_AFTER_S, ...QUOTA, ...mailbox });
  }

  override async isDemo(companyId: string): Promise<boolean> {
    return (await this.#find(DEMO_COMPANY))?.id === companyId;
  }

  async #find({ partitaIva, transmitter: { idPaese, idCodice } }: SandboxSetup['company']): Promise<Company | undefined> {
    return (await this.companies.byTransmitter(idPaese, idCodice)).map((sender) => sender.company).find((candidate) => candidate.partitaIva === partitaIva);
  }
}

/** Sends the sandbox's samples by the same intake as everybody's invoices. */
@Injectable()
export class InvoicesSampleIntake extends SampleIntake {
  constructor(private readonly intake: Intake) {
    super();
  }

  override async submit(xml: Buffer): Promise<object> {
    return (await this.intake.take({ bytes: xml }, {}, SAMPLE_SENDER)).invoice;
  }
}

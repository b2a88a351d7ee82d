import type { DemoSigner } from './pki/demo-signer.js';

/** What the sandbox asks the service to set up for it: a company, its mailbox on the sandbox's servers, and whom to believe there. */
export interface SandboxSetup {
  readonly company: {
    readonly name: string;
    readonly partitaIva: string;
    readonly transmitter: { readonly idPaese: string; readonly idCodice: string };
  };
  readonly mailbox: {
    readonly address: string;
    readonly smtp: SandboxServer;
    readonly imap: SandboxServer;
    readonly passwords: { readonly smtp: string; readonly imap: string };
    /** PEM of the authority of the servers' certificate. */
    readonly tlsCa: string;
    /** Where the first file goes; SdI assigns another address in its first answer. An address already learnt stays. */
    readonly sdiAddress: string;
    readonly trust: 'sandbox';
  };
  /** With what the company signs its invoices to the public administration; asked for only where it has nothing. */
  readonly signer: () => Promise<DemoSigner>;
  /** Roots, DER, that count for sandbox mailboxes only. */
  readonly anchors: { readonly pec: readonly Buffer[]; readonly sdi: readonly Buffer[] };
}

export interface SandboxServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls';
  readonly user: string;
}

/** The service as the sandbox sees it: where its demo company lives. Bound to the companies room by who composes the application. */
export abstract class SandboxHome {
  /** Makes the company and its mailbox, or brings them up to date: ports may change at each start. Repeated calls change nothing. */
  abstract ensure(setup: SandboxSetup): Promise<void>;
  /** True when this company is the demo one. */
  abstract isDemo(companyId: string): Promise<boolean>;
}

/** The intake as the sandbox sees it. Bound to the invoices room by who composes the application. */
export abstract class SampleIntake {
  /** Takes a file in exactly as `POST /v1/invoices` does, for the demo company, and returns what that answers. */
  abstract submit(xml: Buffer): Promise<object>;
}

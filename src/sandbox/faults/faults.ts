import { Injectable } from '@nestjs/common';
import type { Text } from '../../platform/http/problem.js';
import { Faults, MAIL_FAULTS, type MailFault, type MailFaultKind } from '../mail/faults.js';

interface Common {
  readonly account?: string;
  readonly count?: number;
}

/** What the provider itself can be told to do wrong, beside what its mail servers can. */
export type ProviderFault =
  /** A receipt of this kind is never delivered. */
  | (Common & { readonly kind: 'swallow-receipt'; readonly at: 'accettazione' | 'avvenuta-consegna' })
  /** SdI's answer comes before the receipts of the next message. */
  | (Common & { readonly kind: 'reorder' });

export type SandboxFault = MailFault | ProviderFault;
export type SandboxFaultKind = MailFaultKind | ProviderFault['kind'];

const PROVIDER_FAULTS: { readonly [K in ProviderFault['kind']]: { readonly parameters: readonly string[]; readonly description: Text } } = {
  'swallow-receipt': {
    parameters: ['at'],
    description: {
      it: 'Una ricevuta (accettazione o avvenuta-consegna) non arriva mai.',
      en: 'A receipt (accettazione or avvenuta-consegna) never arrives.',
    },
  },
  reorder: {
    parameters: [],
    description: {
      it: 'Per il prossimo messaggio la risposta del SdI arriva prima delle ricevute PEC.',
      en: "For the next message SdI's answer arrives before the PEC receipts.",
    },
  },
};

/** Done at once and not in force afterwards. */
const DEEDS = {
  'bump-uidvalidity': {
    parameters: ['account'],
    description: {
      it: 'La INBOX riceve un nuovo UIDVALIDITY, come dopo un ripristino o una migrazione.',
      en: 'The INBOX gets a new UIDVALIDITY, as after a restore or a migration.',
    },
  },
} as const;

/** Every kind that `POST /v1/sandbox/faults` takes, with its parameters. */
export const FAULT_KINDS: readonly { readonly kind: string; readonly parameters: readonly string[]; readonly description: Text }[] =
  Object.entries({
    ...MAIL_FAULTS,
    ...PROVIDER_FAULTS,
    ...DEEDS,
  }).map(([kind, { parameters, description }]) => ({ kind, parameters, description }));

/** The faults in force in this process: they are wishes of a moment and do not outlive it. */
@Injectable()
export class SandboxFaults extends Faults<SandboxFault> {}

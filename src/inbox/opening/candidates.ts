import { Injectable } from '@nestjs/common';
import { InvoiceQueries } from '../../invoices/queries/invoice-queries.js';
import { type InvoiceKeys, Invoices } from '../../invoices/invoices.js';
import { Attempts } from '../../outbox/attempts/attempts.js';
import type { OpenedMessage } from './opening.js';

/** By what a message seems to be about an invoice, the strongest first (pec.md 8, sdi.md 5.4). `oggetto` is a file name in a subject, which proves nothing. */
export const CANDIDATE_KEYS = ['msgid', 'identificativo', 'identificativoSdi', 'sha256', 'pecMessageId', 'fileName', 'oggetto'] as const;
export type CandidateKey = (typeof CANDIDATE_KEYS)[number];

/** An invoice that a message might be about. */
export interface Candidate {
  readonly invoiceId: string;
  readonly keys: readonly CandidateKey[];
}

const FILE_NAME = /[A-Z]{2}[A-Z0-9]{2,28}_[A-Z0-9]{1,5}(?=\.(?:xml|zip)\b)/i;

/** What a message names, key by key. */
export function namedBy({ pec, sdi }: Pick<OpenedMessage, 'pec' | 'sdi'>): Readonly<Partial<Record<CandidateKey, string>>> {
  const { daticert, headers } = pec;
  const subject = FILE_NAME.exec(daticert?.oggetto ?? headers.subject ?? '')?.[0];
  const named: Readonly<Record<CandidateKey, string | undefined>> = {
    msgid: pec.class === 'envelope' ? undefined : (daticert?.msgid ?? headers.riferimentoMessageId),
    identificativo: pec.class === 'receipt' ? daticert?.identificativo : undefined,
    identificativoSdi: sdi?.message.identificativoSdi,
    sha256: sdi?.message.hash ?? sdi?.message.hashFileOriginale,
    pecMessageId: sdi?.message.pecMessageId,
    fileName: sdi?.message.nomeFile,
    oggetto: subject,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined && value.trim() !== '' && !value.includes('\0')));
}

/** Keys by which invoices themselves are found, and under which name. */
const MATCHED = { identificativoSdi: 'identificativoSdi', sha256: 'sha256', fileName: 'fileName', oggetto: 'fileName' } as const satisfies Partial<Record<CandidateKey, keyof InvoiceKeys>>;
const MATCHED_KEYS = Object.keys(MATCHED) as (keyof typeof MATCHED)[];

/** The invoices of its own mailbox that a message might be about: another company's mail never points at them. */
@Injectable()
export class Candidates {
  constructor(
    private readonly queries: InvoiceQueries,
    private readonly invoices: Invoices,
    private readonly attempts: Attempts,
  ) {}

  /** In the order of the strongest key that leads to each. */
  async of(mailboxId: string, opened: Pick<OpenedMessage, 'pec' | 'sdi'>): Promise<Candidate[]> {
    const named = namedBy(opened);
    const [handedOver, known, matches] = await Promise.all([
      this.attempts.byMessageIds(present(named.msgid)),
      this.attempts.byIdentificativi(present(named.identificativo, named.pecMessageId)),
      this.invoices.matchAll(MATCHED_KEYS.map((key) => ({ mailboxId, keys: { [MATCHED[key]]: named[key]?.trim() } }))),
    ]);
    const byId = (value: string | undefined): string | undefined => known.find((attempt) => attempt.mailboxId === mailboxId && attempt.identificativo === value)?.invoiceId;
    const leads: Readonly<Record<CandidateKey, string | undefined>> = {
      msgid: handedOver.find((attempt) => attempt.mailboxId === mailboxId)?.invoiceId,
      identificativo: byId(named.identificativo),
      pecMessageId: byId(named.pecMessageId),
      ...(Object.fromEntries(MATCHED_KEYS.map((key, n) => [key, matches[n]?.invoice.id])) as Record<keyof typeof MATCHED, string | undefined>),
    };
    const found = new Map<string, CandidateKey[]>();
    for (const key of CANDIDATE_KEYS) {
      const invoiceId = named[key] === undefined ? undefined : leads[key];
      if (invoiceId !== undefined) found.set(invoiceId, [...(found.get(invoiceId) ?? []), key]);
    }
    return [...found].map(([invoiceId, keys]) => ({ invoiceId, keys }));
  }

  /** The same with what a person recognises an invoice by. */
  async view(mailboxId: string, opened: Pick<OpenedMessage, 'pec' | 'sdi'>): Promise<object[]> {
    const candidates = await this.of(mailboxId, opened);
    const briefs = new Map((await this.queries.briefs(candidates.map(({ invoiceId }) => invoiceId))).map((brief) => [brief.id, brief]));
    return candidates.flatMap(({ invoiceId, keys }) => {
      const brief = briefs.get(invoiceId);
      return brief ? [{ invoiceId, keys, number: brief.number, date: brief.date, fileName: brief.fileName, buyer: brief.buyer, status: brief.status }] : [];
    });
  }
}

function present(...values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}

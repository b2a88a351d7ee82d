import type { CmsVerdict } from '../../signature/index.js';
import type { DaticertReading } from '../daticert/daticert.js';
import { type Issuer, KINDS, type KIND_HEADERS } from '../kinds.js';
import { bareMessageId } from '../message-id.js';
import type { Headers } from '../mime/header.js';
import type { Structure } from '../structure.js';
import { DATICERT_ERRORS, type PecClass, type PecKind, type TrustStore } from '../types.js';
import type { PecReasonCode } from './reasons.js';

/** All that is known of a message when it is judged. */
export interface Reading {
  readonly headers: Headers;
  readonly headersComplete: boolean;
  readonly kindValues: Readonly<Record<keyof typeof KIND_HEADERS, string | undefined>>;
  readonly class: PecClass;
  readonly kind?: PecKind;
  readonly from?: string;
  readonly structure: Structure;
  readonly cms?: CmsVerdict;
  readonly daticert?: DaticertReading;
  readonly attachmentsComplete: boolean;
  readonly trust: TrustStore;
}

interface Rule {
  /** Step of pec.md 7.2. */
  readonly step: number;
  readonly faults: (reading: Reading) => readonly PecReasonCode[];
}

/** Headers that decide; a second one of them means that two readers could see two messages (pec.md 7.2, 4). */
const ONCE = ['x-ricevuta', 'x-trasporto', 'from', 'content-type', 'x-riferimento-message-id', 'message-id'];

/** Signing time and the instant in daticert agree within two seconds in every real message (pec.md 4.4, 7). */
const SIGNING_TIME_TOLERANCE_MS = 10 * 60_000;

const when = (fault: PecReasonCode, broken: boolean): readonly PecReasonCode[] => (broken ? [fault] : []);
const isPec = (reading: Reading): boolean => reading.class === 'receipt' || reading.class === 'envelope';
const read = (reading: Reading): Extract<DaticertReading, { ok: true }>['daticert'] | undefined => (reading.daticert?.ok ? reading.daticert.daticert : undefined);

const PROVIDERS: Readonly<Record<Issuer, (trust: TrustStore) => readonly string[] | undefined>> = {
  'sender-provider': (trust) => trust.senderProviders,
  'recipient-provider': (trust) => trust.recipientProviders,
};

/** Whether the configured providers rule the sender out for this kind. Where nobody is configured for a role, the role cannot be judged. */
function issuerRefused({ kind, from, trust }: Reading): boolean {
  const issuers = kind ? KINDS[kind].issuers : undefined;
  if (!issuers || from === undefined) return false;
  const lists = issuers.map((issuer) => PROVIDERS[issuer](trust));
  return lists.every((list) => list !== undefined && !list.some((address) => address.toLowerCase() === from));
}

/** Steps 3 to 10 of pec.md 7.2, in order. Each names every way in which a message breaks it. */
export const RULES: readonly Rule[] = [
  { step: 3, faults: (reading) => when('header-too-large', !reading.headersComplete) },
  { step: 3, faults: (reading) => when('too-many-parts', !reading.attachmentsComplete || reading.structure.faults.includes('too-many-parts')) },
  { step: 4, faults: (reading) => when('header-repeated', ONCE.some((name) => reading.headers.all(name).length > 1)) },
  { step: 5, faults: ({ kindValues }) => when('kind-contradiction', kindValues.receipt !== undefined && kindValues.transport !== undefined) },
  { step: 5, faults: (reading) => (reading.class === 'anomaly' || reading.class === 'ordinary' || reading.class === 'inner' ? [reading.class] : []) },
  { step: 6, faults: (reading) => (isPec(reading) ? reading.structure.faults.filter((fault) => fault !== 'too-many-parts') : []) },
  { step: 6, faults: (reading) => when('sender-not-single', isPec(reading) && reading.from === undefined) },
  { step: 6, faults: ({ from, trust, ...reading }) => when('sender-not-listed', isPec({ from, trust, ...reading }) && from !== undefined && trust.signers !== undefined && !trust.signers.some((address) => address.toLowerCase() === from)) },
  { step: 7, faults: (reading) => (isPec(reading) ? (reading.cms?.reasons ?? []).map(({ code }) => code) : []) },
  { step: 7, faults: ({ cms, from }) => when('sender-not-signer', cms?.signer !== undefined && from !== undefined && !cms.signer.emails.some((email) => email.toLowerCase() === from)) },
  {
    step: 7,
    faults: (reading) => {
      const signed = reading.cms?.signer?.signingTime;
      const stated = read(reading)?.instant;
      return when('signing-time-odd', signed !== undefined && stated !== undefined && Math.abs(signed.getTime() - stated.getTime()) > SIGNING_TIME_TOLERANCE_MS);
    },
  },
  { step: 8, faults: (reading) => when('daticert-missing', isPec(reading) && reading.daticert === undefined && !reading.structure.faults.includes('daticert-several')) },
  { step: 8, faults: ({ daticert }) => (daticert && !daticert.ok ? [daticert.fault] : []) },
  { step: 9, faults: (reading) => when('kind-unknown', isPec(reading) && reading.kind === undefined) },
  { step: 9, faults: ({ kind }) => when('kind-between-providers', kind !== undefined && KINDS[kind].betweenProviders === true) },
  {
    step: 9,
    faults: (reading) => {
      const daticert = read(reading);
      if (!daticert || !isPec(reading)) return [];
      const reference = reading.headers.first('x-riferimento-message-id');
      const own = reading.headers.first('message-id');
      return [
        ...when('kind-mismatch', daticert.tipo !== (reading.kindValues.receipt ?? reading.kindValues.transport)),
        ...when('reference-mismatch', daticert.msgid !== (reference === undefined ? undefined : bareMessageId(reference))),
        ...when('identificativo-mismatch', reading.class === 'envelope' && daticert.identificativo !== (own === undefined ? undefined : bareMessageId(own))),
      ];
    },
  },
  {
    step: 9,
    faults: (reading) => {
      const errore = read(reading)?.errore;
      if (errore === undefined || !isPec(reading)) return [];
      const isKnown = (DATICERT_ERRORS as readonly string[]).includes(errore);
      return [...when('errore-unknown', !isKnown), ...when('errore-contradiction', isKnown && errore !== 'nessuno' && reading.kind !== undefined && KINDS[reading.kind].flawless === true)];
    },
  },
  { step: 9, faults: (reading) => when('daticert-unexpected', reading.class === 'anomaly' && reading.daticert !== undefined) },
  { step: 10, faults: (reading) => when('issuer-not-allowed', issuerRefused(reading)) },
];

/**
 * Every reason against a message, each once, in the order of the checklist. A message with nothing against it must have something for it: a signature that was verified, by a signer who chained to an
 * anchor, and certification data that were read. Whatever slips past the rules for want of something to look at stops here.
 */
export function faultsOf(reading: Reading): PecReasonCode[] {
  const faults = [...new Set(RULES.flatMap((rule) => rule.faults(reading)))];
  const { cms } = reading;
  const proven = isPec(reading) && cms?.verdict === 'valid' && cms.trusted && cms.signer !== undefined && read(reading) !== undefined;
  return faults.length > 0 || proven ? faults : ['signature-unverified'];
}

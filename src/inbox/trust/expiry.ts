import type { TrustEntry, TrustUse } from '../../companies/trust/trust-entry.js';
import type { Finding, Text } from '../../platform/index.js';
import type { Signer } from './signer-register.js';
import { standingOf } from './standing.js';

const DAY = 86_400_000;
/** Days before an end at which it is told, and how loudly; the nearest bound counts. */
const BOUNDS = [
  { days: 7, severity: 'error' },
  { days: 30, severity: 'warning' },
  { days: 60, severity: 'hint' },
] as const;
/** For so long a change of certificate is told. */
const CHANGE_DAYS = 30;

/** What is about to end, or has changed, with how to mend it. */
export interface TrustWarning extends Finding {
  readonly code: 'signer-expires' | 'anchor-expires' | 'signer-changed' | 'signer-changed-unknown';
  readonly use: TrustUse;
  /** The address that signs; SdI's own certificates bear none, and are named by their subject. */
  readonly who: string;
  readonly fingerprint: string;
  readonly notAfter: string;
  readonly expiresInDays: number;
}

export interface TrustFacts {
  /** Signers of real mailboxes that signed something lately, whether anybody vouches for them or not. */
  readonly signers: readonly Signer[];
  /** All entries of the certificates in their paths; and certificates that a person trusts ahead of their first use. */
  readonly entries: readonly TrustEntry[];
  /** Authorities that count, with the keys of those in `entries`: an authority stands for its key, so the latest end of them counts. */
  readonly sameKeys: readonly TrustEntry[];
  readonly now: Date;
}

/** Whole days that are left; negative when it is past. */
export const daysLeft = (notAfter: Date, now: Date): number => Math.floor((notAfter.getTime() - now.getTime()) / DAY);

/** By whom it is known that something is signed: addresses, or the subject where there are none. */
const namesOf = ({ use, emails, subject }: { readonly use: TrustUse; readonly emails: readonly string[]; readonly subject: string }): readonly string[] => (use === 'pec' && emails.length > 0 ? emails : [subject]);

interface End {
  readonly use: TrustUse;
  readonly who: string;
  readonly fingerprint: string;
  readonly notAfter: Date;
  readonly what: 'signer-expires' | 'anchor-expires';
}

/** When trust that is in use ends: for each address the newest certificate that counts, and each authority that vouches for one of these. */
export function endsOf({ signers, entries, sameKeys }: TrustFacts): End[] {
  const newest = new Map<string, End & { readonly anchor?: TrustEntry }>();
  const take = (end: End & { readonly anchor?: TrustEntry }): void => {
    const known = newest.get(`${end.use} ${end.who}`);
    if (!known || known.notAfter < end.notAfter) newest.set(`${end.use} ${end.who}`, end);
  };
  for (const signer of signers) {
    const { standing, anchor } = standingOf(signer, entries);
    if (standing !== 'chained' && standing !== 'pinned') continue;
    for (const who of namesOf(signer)) take({ use: signer.use, who, fingerprint: signer.fingerprint, notAfter: signer.notAfter, what: 'signer-expires', ...(standing === 'chained' && anchor ? { anchor } : {}) });
  }
  // A person may have been told the next certificate before its first message.
  for (const entry of entries) {
    if (entry.scope !== 'public' || entry.state !== 'trusted' || entry.authority || !entry.notAfter) continue;
    for (const who of namesOf(entry)) if (newest.has(`${entry.use} ${who}`)) take({ use: entry.use, who, fingerprint: entry.fingerprint, notAfter: entry.notAfter, what: 'signer-expires' });
  }
  const anchors = new Map<string, End>();
  for (const { use, anchor } of newest.values()) {
    if (!anchor?.notAfter) continue;
    const twins = sameKeys.filter((twin) => twin.use === use && twin.scope === anchor.scope && twin.keySha256 !== null && twin.keySha256 === anchor.keySha256 && twin.authority);
    const last = Math.max(anchor.notAfter.getTime(), ...twins.flatMap((twin) => (twin.notAfter ? [twin.notAfter.getTime()] : [])));
    anchors.set(`${use} ${anchor.fingerprint}`, { use, who: anchor.subject, fingerprint: anchor.fingerprint, notAfter: new Date(last), what: 'anchor-expires' });
  }
  return [...[...newest.values()], ...anchors.values()];
}

/** What a person should know ahead of time, the nearest end first; then certificates that changed lately. */
export function trustWarnings(facts: TrustFacts): TrustWarning[] {
  const ends = endsOf(facts)
    .sort((a, b) => a.notAfter.getTime() - b.notAfter.getTime())
    .flatMap((end): TrustWarning[] => {
      const left = daysLeft(end.notAfter, facts.now);
      const bound = BOUNDS.find(({ days }) => left < days);
      return bound ? [{ ...common(end, left), code: end.what, severity: bound.severity, message: END_TEXTS[end.what](end.who, left), fix: FIXES[end.what] }] : [];
    });
  const changes = facts.signers
    .filter((signer) => signer.follows !== null && facts.now.getTime() - signer.firstSeenAt.getTime() < CHANGE_DAYS * DAY)
    .map((signer): TrustWarning => {
      const { standing } = standingOf(signer, facts.entries);
      const known = standing === 'chained' || standing === 'pinned';
      const code = known ? 'signer-changed' : 'signer-changed-unknown';
      const who = namesOf(signer)[0] ?? signer.subject;
      return { ...common({ ...signer, who }, daysLeft(signer.notAfter, facts.now)), code, severity: known ? 'hint' : 'error', message: CHANGE_TEXTS[code](who), ...(code === 'signer-changed-unknown' ? { fix: FIXES[code] } : {}) };
    });
  return [...ends, ...changes];
}

const common = ({ use, who, fingerprint, notAfter }: Pick<End, 'use' | 'who' | 'fingerprint' | 'notAfter'>, left: number) => ({ use, who, fingerprint, notAfter: notAfter.toISOString(), expiresInDays: left });

const when = (left: number): Text =>
  left < 0
    ? { it: left === -1 ? 'è scaduto ieri o oggi' : `è scaduto da ${-left} giorni`, en: left === -1 ? 'expired within the last day' : `expired ${-left} days ago` }
    : { it: left === 0 ? 'scade oggi' : left === 1 ? 'scade tra un giorno' : `scade tra ${left} giorni`, en: left === 0 ? 'expires today' : left === 1 ? 'expires in one day' : `expires in ${left} days` };

const END_TEXTS: Readonly<Record<End['what'], (who: string, left: number) => Text>> = {
  'signer-expires': (who, left) => ({ it: `Il certificato più recente con cui firma ${who} ${when(left).it}.`, en: `The newest certificate by which ${who} signs ${when(left).en}.` }),
  'anchor-expires': (who, left) => ({ it: `L’autorità ${who}, che garantisce firme in uso, ${when(left).it}.`, en: `The authority ${who}, which vouches for signatures in use, ${when(left).en}.` }),
};

const CHANGE_TEXTS: Readonly<Record<'signer-changed' | 'signer-changed-unknown', (who: string) => Text>> = {
  'signer-changed': (who) => ({ it: `${who} firma con un nuovo certificato, garantito da chi è fidato.`, en: `${who} signs with another certificate than before; somebody trusted vouches for it.` }),
  'signer-changed-unknown': (who) => ({ it: `${who} firma con un nuovo certificato che nessuno garantisce: i suoi messaggi restano in quarantena.`, en: `${who} signs with another certificate than before, for which nobody vouches: its messages stay in quarantine.` }),
};

const FIXES: Readonly<Record<End['what'] | 'signer-changed-unknown', Text>> = {
  'signer-expires': {
    it: 'Di solito il nuovo certificato arriva da sé, emesso dalla stessa autorità, e non serve fare nulla; se è fidato da una persona, chiedere a chi firma il prossimo e dichiararlo fidato in anticipo.',
    en: 'Usually the next certificate comes by itself, issued by the same authority, and nothing is to be done; where a person trusts it, ask whoever signs for the next one and trust it ahead.',
  },
  'anchor-expires': {
    it: 'Procurarsi il nuovo certificato dell’autorità e metterlo nella cartella CORRIERE_TRUST_DIR, o dichiararlo fidato; le autorità pubbliche arrivano con gli aggiornamenti di Node.js.',
    en: 'Get the authority’s next certificate and put it into the folder CORRIERE_TRUST_DIR, or trust it; public authorities come with updates of Node.js.',
  },
  'signer-changed-unknown': {
    it: 'Chiedere a chi firma, per una via diversa dalla posta, l’impronta del nuovo certificato; se è la stessa, dichiararlo fidato.',
    en: 'Ask whoever signs, by another way than mail, for the fingerprint of the new certificate; if it is the same, trust it.',
  },
};

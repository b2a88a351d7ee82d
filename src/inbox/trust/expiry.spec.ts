import { describe, expect, it } from 'vitest';
import type { TrustEntry } from '../../companies/trust/trust-entry.js';
import { endsOf, trustWarnings } from './expiry.js';
import type { Signer } from './signer-register.js';
import { standingOf } from './standing.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const inDays = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000 + 3_600_000);
const ADDRESS = 'posta-certificata@pec.gestore.example';

const signer = (over: Partial<Signer> = {}): Signer => ({
  scope: 'public',
  use: 'pec',
  fingerprint: 'leaf',
  subject: 'CN=Gestore',
  issuer: 'CN=AgID CA1',
  emails: [ADDRESS],
  notBefore: inDays(-700),
  notAfter: inDays(400),
  path: ['leaf', 'middle', 'root'],
  chained: true,
  firstSeenAt: inDays(-300),
  lastSeenAt: inDays(-1),
  messages: 9,
  waiting: 0,
  applied: 9,
  follows: null,
  at: '',
  ...over,
});
const entry = (over: Partial<TrustEntry> = {}): TrustEntry => ({
  scope: 'public',
  use: 'pec',
  source: 'bundled',
  state: 'trusted',
  fingerprint: 'root',
  subject: 'CN=Root',
  issuer: 'CN=Root',
  emails: [],
  keySha256: 'key',
  notBefore: inDays(-3000),
  notAfter: inDays(3000),
  authority: true,
  addedAt: NOW,
  addedBy: null,
  note: null,
  place: null,
  withdrawnAt: null,
  revokedAt: null,
  revokedBy: null,
  revokedNote: null,
  ...over,
});
const warn = (signers: readonly Signer[], entries: readonly TrustEntry[] = [entry()], sameKeys: readonly TrustEntry[] = []) =>
  trustWarnings({ signers, entries, sameKeys, now: NOW }).map(({ code, severity, who, expiresInDays }) => `${code} ${severity} ${who} ${expiresInDays}`);

describe('what a signer counts for', () => {
  it.each([
    ['an authority vouches', signer(), [entry()], 'chained'],
    ['it is believed itself', signer({ chained: false, path: ['leaf'] }), [entry({ fingerprint: 'leaf' })], 'pinned'],
    ['nobody vouches', signer({ chained: false, path: ['leaf'] }), [entry()], 'unknown'],
    ['its authority is withdrawn', signer(), [entry({ state: 'withdrawn' })], 'unknown'],
    ['its authority counts in the sandbox only', signer(), [entry({ scope: 'sandbox' })], 'unknown'],
    ['its authority counts for SdI only', signer(), [entry({ use: 'sdi' })], 'unknown'],
    ['a link was revoked', signer(), [entry(), entry({ fingerprint: 'middle', state: 'revoked' })], 'revoked'],
    ['it was revoked, though an authority vouches', signer(), [entry(), entry({ fingerprint: 'leaf', state: 'revoked', scope: 'sandbox' })], 'revoked'],
  ] as const)('%s', (_, one, entries, standing) => expect(standingOf(one, entries).standing).toBe(standing));
});

describe('ends', () => {
  it.each([
    [61, []],
    [59, [`signer-expires hint ${ADDRESS} 59`]],
    [29, [`signer-expires warning ${ADDRESS} 29`]],
    [6, [`signer-expires error ${ADDRESS} 6`]],
    [-3, [`signer-expires error ${ADDRESS} -3`]],
  ])('of a signer in %i days', (days, expected) => expect(warn([signer({ notAfter: inDays(days) })])).toEqual(expected));

  it('of an address is that of its newest certificate: after a rollover nobody is bothered', () => {
    const old = signer({ notAfter: inDays(5) });
    expect(warn([old, signer({ fingerprint: 'next', path: ['next', 'middle', 'root'] })])).toEqual([]);
    // One for which nobody vouches, or which was revoked, helps nobody.
    expect(warn([old, signer({ fingerprint: 'next', path: ['next'], chained: false })])).toHaveLength(1);
    expect(warn([old, signer({ fingerprint: 'next' })], [entry(), entry({ fingerprint: 'next', state: 'revoked' })])).toHaveLength(1);
    // One that a person was told ahead does.
    expect(warn([old], [entry(), entry({ fingerprint: 'ahead', source: 'person', authority: false, emails: [ADDRESS], notAfter: inDays(900) })])).toEqual([]);
  });

  it('of an authority counts while it vouches for something in use, by its key', () => {
    const ending = entry({ notAfter: inDays(20) });
    expect(warn([signer()], [ending])).toEqual(['anchor-expires warning CN=Root 20']);
    expect(warn([], [ending])).toEqual([]);
    expect(warn([signer()], [ending], [entry({ fingerprint: 'reissued', notAfter: inDays(2000) })])).toEqual([]);
    expect(warn([signer()], [ending], [entry({ fingerprint: 'other', keySha256: 'other', notAfter: inDays(2000) })])).toHaveLength(1);
  });

  it('of SdI’s own certificate is told by its subject', () => {
    const sdi = signer({ use: 'sdi', emails: [], subject: 'CN=Sistema Interscambio Fattura PA', notAfter: inDays(10) });
    expect(warn([sdi], [entry({ use: 'sdi' })])).toEqual(['signer-expires warning CN=Sistema Interscambio Fattura PA 10']);
    expect(endsOf({ signers: [sdi, signer()], entries: [entry(), entry({ use: 'sdi' })], sameKeys: [], now: NOW }).map(({ use, what }) => `${use} ${what}`).sort()).toEqual(['pec anchor-expires', 'pec signer-expires', 'sdi anchor-expires', 'sdi signer-expires']);
  });
});

describe('a change of certificate', () => {
  const next = signer({ fingerprint: 'next', follows: 'leaf', firstSeenAt: inDays(-3) });
  it('is told for a while, and loudly when nobody vouches', () => {
    expect(warn([next])).toEqual([`signer-changed hint ${ADDRESS} 400`]);
    expect(warn([{ ...next, path: ['next'], chained: false }])).toEqual([`signer-changed-unknown error ${ADDRESS} 400`]);
    expect(warn([{ ...next, firstSeenAt: inDays(-40) }])).toEqual([]);
  });

  it('says in both languages what to do', () => {
    for (const warning of trustWarnings({ signers: [{ ...next, path: ['next'], chained: false }, signer({ notAfter: inDays(1) })], entries: [entry({ notAfter: inDays(1) })], sameKeys: [], now: NOW })) {
      for (const text of [warning.message, warning.fix]) for (const language of ['it', 'en'] as const) expect(text?.[language]).toMatch(/\.$/);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { Problem } from '../../platform/http/problem.js';
import { changeOf } from './change-of.js';
import type { Mailbox } from './mailbox.js';
import { ChangeMailbox } from './mailbox-body.js';

const server = (name: string, port: number) => ({ host: `${name}.example.it`, port, security: 'tls', user: 'a@pec.example.it' }) as const;
const mailbox: Mailbox = {
  id: '01900000-0000-7000-8000-00000000000d',
  companyId: '01900000-0000-7000-8000-00000000000c',
  address: 'a@pec.example.it',
  provider: 'other',
  smtp: server('smtp', 465),
  imap: server('imap', 993),
  imapEpoch: 0,
  folders: ['INBOX'],
  sdiAddress: 'sdi01@pec.fatturapa.it',
  providerSigners: ['posta-certificata@pec.example.it'],
  quotaPerHour: 10,
  quotaPerDay: 100,
  trust: 'public',
  enabled: true,
  isDefault: true,
};

function outcome(body: object, before: Partial<Mailbox> = {}, allowPrivate = false): string {
  try {
    changeOf({ ...mailbox, ...before }, ChangeMailbox.parse(body), allowPrivate);
    return 'ok';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [error.kind.slug, ...(error.more.findings ?? []).map(({ path }) => path)].join(' ');
  }
}

describe('a side that becomes another one', () => {
  it.each([
    [{ smtp: { host: 'evil.example' } }, 'mailbox-password-needed /smtp/password'],
    [{ smtp: { port: 587 } }, 'mailbox-password-needed /smtp/password'],
    [{ imap: { user: 'b' } }, 'mailbox-password-needed /imap/password'],
    [{ imap: { security: 'starttls' } }, 'mailbox-password-needed /imap/password'],
    [{ smtp: { host: 'evil.example', password: 'x' }, imap: { host: 'evil.example' } }, 'mailbox-password-needed /imap/password'],
    [{ smtp: { host: 'evil.example' }, imap: { password: 'x' } }, 'mailbox-password-needed /smtp/password'],
    [{ smtp: { host: 'evil.example' }, imap: { host: 'evil.example' } }, 'mailbox-password-needed /smtp/password /imap/password'],
    [{ smtp: { host: 'new.example.it', password: 'x' } }, 'ok'],
    [{ smtp: { host: 'new.example.it' }, imap: { user: 'b' }, password: 'x' }, 'ok'],
    [{ smtp: mailbox.smtp, imap: mailbox.imap, quotaPerHour: 5 }, 'ok'],
    [{ smtp: { host: '10.0.0.1', password: 'x' } }, 'mailbox-host-private /smtp/host'],
    [{ imap: { host: 'localhost', password: 'x' } }, 'mailbox-host-private /imap/host'],
    [{ smtp: { host: 'redis' }, imap: { host: '::1' }, password: 'x' }, 'mailbox-host-private /smtp/host /imap/host'],
  ])('%j: %s', (body, expected) => expect(outcome(body)).toBe(expected));

  it('may be on a private network where that is allowed', () => expect(outcome({ smtp: { host: '10.0.0.1', password: 'x' } }, {}, true)).toBe('ok'));

  it('is written with its password, and a side that stays is not written', () => {
    const change = changeOf(mailbox, ChangeMailbox.parse({ smtp: { host: 'new.example.it', password: 'x' }, imap: mailbox.imap }), false);
    expect(change).toMatchObject({ smtp: { ...mailbox.smtp, host: 'new.example.it' }, passwords: { smtp: 'x' } });
    expect(change.imap).toBeUndefined();
    expect(change.passwords?.imap).toBeUndefined();
  });
});

describe('the mailbox of the sandbox', () => {
  it.each([
    { address: 'b@pec.example.it' },
    { password: 'x' },
    { smtp: { password: 'x' } },
    { imap: { host: 'imap.real.it', password: 'x' } },
    { smtp: { user: 'b', password: 'x' } },
    { providerSigners: ['posta-certificata@pec.aruba.it'] },
  ])('stays one: %j', (body) => expect(outcome(body, { trust: 'sandbox' })).toBe('mailbox-of-sandbox'));

  it.each([{ enabled: false }, { quotaPerHour: 5 }, { folders: ['INBOX', 'Ricevute'] }, { address: mailbox.address, smtp: mailbox.smtp }])('has settings like others: %j', (body) =>
    expect(outcome(body, { trust: 'sandbox' })).toBe('ok'),
  );
});

describe('settings', () => {
  it.each(['a@b.it', 'sdi1@pec.fatturapa.it', 'sdi01@pec.fatturapa.it.evil.example', 'x sdi01@pec.fatturapa.it'])('refuse %j as an address of SdI', (sdiAddress) =>
    expect(ChangeMailbox.safeParse({ sdiAddress }).success).toBe(false),
  );
  it('take an address of SdI, and signers in any letters', () =>
    expect(ChangeMailbox.parse({ sdiAddress: 'sdi31@pec.fatturapa.it', providerSigners: ['Posta-Certificata@PEC.Aruba.it'] })).toEqual({ sdiAddress: 'sdi31@pec.fatturapa.it', providerSigners: ['posta-certificata@pec.aruba.it'] }));
});

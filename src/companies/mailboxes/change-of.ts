import { isPrivateHost } from '../../platform/net/addresses.js';
import type { Mailbox } from './mailbox.js';
import type { ChangeMailbox } from './mailbox-body.js';
import { ofSandbox, passwordNeeded, privateHosts } from './problems.js';
import type { MailboxChange } from './stored-mailboxes.js';

type Side = 'smtp' | 'imap';
const SIDES: readonly Side[] = ['smtp', 'imap'];

/**
 * What a request changes of a mailbox. A side is written only when it becomes another one, and then together with its password: two requests at once can never join a
 * stored password and a server for which nobody gave it.
 *
 * @throws Problem 409 when a sandbox mailbox would stop being one; 422 when a side changes without its password, or to a private network that is not allowed
 */
export function changeOf(before: Mailbox, body: ChangeMailbox, allowPrivate: boolean): MailboxChange {
  const passwords = { smtp: body.smtp?.password ?? body.password, imap: body.imap?.password ?? body.password };
  const after = { smtp: merged(before.smtp, body.smtp), imap: merged(before.imap, body.imap) };
  const changed = SIDES.filter((side) => isAnother(before[side], after[side]));
  const address = body.address === before.address ? undefined : body.address;
  const signers = JSON.stringify(body.providerSigners) === JSON.stringify(before.providerSigners) ? undefined : body.providerSigners;
  if (before.trust === 'sandbox' && (changed.length > 0 || address !== undefined || signers !== undefined || passwords.smtp !== undefined || passwords.imap !== undefined)) throw ofSandbox();
  const without = changed.filter((side) => passwords[side] === undefined);
  if (without.length > 0) throw passwordNeeded(without);
  refusePrivate(changed, after, allowPrivate);
  return {
    address,
    smtp: changed.includes('smtp') ? after.smtp : undefined,
    imap: changed.includes('imap') ? after.imap : undefined,
    passwords: { ...(passwords.smtp === undefined ? {} : { smtp: passwords.smtp }), ...(passwords.imap === undefined ? {} : { imap: passwords.imap }) },
    folders: body.folders,
    sdiAddress: body.sdiAddress,
    providerSigners: signers,
    quotaPerHour: body.quotaPerHour,
    quotaPerDay: body.quotaPerDay,
    resendUnansweredAfterS: body.resendUnansweredAfterS,
    enabled: body.enabled,
    isDefault: body.isDefault,
  };
}

/** @throws Problem 422 when a side's host is private as it stands; what names lead to is checked by whoever calls them */
export function refusePrivate(sides: readonly Side[], servers: Pick<Mailbox, Side>, allowPrivate: boolean): void {
  if (allowPrivate) return;
  const inside = sides.filter((side) => isPrivateHost(servers[side].host));
  if (inside.length > 0) throw privateHosts(inside);
}

function merged(before: Mailbox['smtp'], news: ChangeMailbox['smtp']): Mailbox['smtp'] {
  return { host: news?.host ?? before.host, port: news?.port ?? before.port, security: news?.security ?? before.security, user: news?.user ?? before.user };
}

function isAnother(before: Mailbox['smtp'], after: Mailbox['smtp']): boolean {
  return before.host !== after.host || before.port !== after.port || before.security !== after.security || before.user !== after.user;
}

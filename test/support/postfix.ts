import { spawn } from 'node:child_process';
import { chownSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { account, type Dovecot, freePorts, listens } from './dovecot.js';
import { findProgram } from './system-programs.js';

/** A running Postfix with everything of it in one directory under the system's temporary one. */
export interface Postfix {
  /** Submission over TLS (RFC 8314, as port 465) with AUTH PLAIN and LOGIN against Dovecot's users, on 127.0.0.1. */
  readonly submissionPort: number;
  readonly directory: string;
  /** The log so far, to show when a test fails. */
  log(): string;
  close(): Promise<void>;
}

export interface PostfixOptions {
  /** Knows the users and takes the mail. */
  readonly dovecot: Dovecot;
  /** Octets; 30 MB in base64 when absent. */
  readonly maxSize?: number;
  /** Mail for these domains goes by SMTP to a port on 127.0.0.1 instead of into Dovecot: the way to put a program behind Postfix. */
  readonly routes?: Readonly<Record<string, number>>;
}

/**
 * Starts Debian's Postfix (3.7) on a free port. As root only: that is how Postfix is made. It takes mail from authenticated users in their own name only
 * (553 5.7.1 otherwise) and delivers to whatever address at once by LMTP into Dovecot, with `Return-Path` and `Delivered-To` in front.
 *
 * @example
 * const dovecot = await startDovecot({ users: [{ address: 'fatture@pec.example.it', password: 'segreto' }] });
 * const postfix = await startPostfix({ dovecot });
 * // sdi01@pec.fatturapa.it is a mailbox like every other; see answerMail() in mail-desk.ts for a program that answers its mail
 */
export async function startPostfix(options: PostfixOptions): Promise<Postfix> {
  const program = findProgram('postfix');
  if (!program) throw new Error('postfix is not installed');
  if (process.getuid?.() !== 0) throw new Error('postfix runs as root only');
  const directory = mkdtempSync(path.join(os.tmpdir(), 'corriere-postfix-'));
  chmodSync(directory, 0o755);
  const [submissionPort = 0] = await freePorts(1);
  const file = (name: string): string => path.join(directory, name);
  const owner = await account('postfix');
  for (const name of ['queue', 'data']) mkdirSync(file(name));
  chownSync(file('data'), owner.uid, owner.gid);
  writeFileSync(file('cert.pem'), options.dovecot.tls.cert);
  writeFileSync(file('key.pem'), options.dovecot.tls.key, { mode: 0o600 });
  writeFileSync(file('owners'), '/^(.*)$/ ${1}\n');
  writeFileSync(file('main.cf'), mainCf(directory, options));
  writeFileSync(file('master.cf'), masterCf(submissionPort));

  const shell = spawn(program, ['-c', directory, 'start-fg'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  let exited = false;
  const exit = new Promise<void>((resolve) => shell.once('exit', () => resolve(void (exited = true))));
  const log = (): string => (existsSync(file('mail.log')) ? readFileSync(file('mail.log'), 'utf8') : '') + complaint;

  const close = async (): Promise<void> => {
    // start-fg is a shell around the master process; a signal to the shell would leave the master behind.
    const signal = (name: NodeJS.Signals): void => {
      const pid = existsSync(file('queue/pid/master.pid')) ? Number(readFileSync(file('queue/pid/master.pid'), 'utf8')) : shell.pid;
      if (!exited && pid) process.kill(pid, name);
    };
    signal('SIGTERM');
    const late = setTimeout(() => signal('SIGKILL'), 10_000);
    await exit;
    clearTimeout(late);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  for (let tries = 0; !(await listens(submissionPort)); tries += 1) {
    if (exited || tries > 400) {
      const reason = log();
      await close();
      throw new Error(`postfix did not start:\n${reason}`);
    }
    await sleep(25);
  }
  return { submissionPort, directory, log, close };
}

function mainCf(directory: string, { dovecot, maxSize = 42 * 1024 * 1024, routes = {} }: PostfixOptions): string {
  const transports = Object.entries(routes).map(([domain, port]) => `{ ${domain} = smtp:[127.0.0.1]:${port} }`);
  return `
compatibility_level = 3.6
queue_directory = ${directory}/queue
data_directory = ${directory}/data
maillog_file = ${directory}/mail.log
maillog_file_prefixes = ${directory}
myhostname = localhost.localdomain
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
disable_dns_lookups = yes
alias_maps =
local_recipient_maps =
mydestination =
virtual_alias_maps =
# Every domain is ours and every address exists.
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:${dovecot.lmtpPort}
${transports.length > 0 ? `transport_maps = inline:{ ${transports.join(', ')} }` : ''}
message_size_limit = ${maxSize}
mailbox_size_limit = 0
smtpd_tls_cert_file = ${directory}/cert.pem
smtpd_tls_key_file = ${directory}/key.pem
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${dovecot.saslPort}
smtpd_sasl_auth_enable = yes
smtpd_tls_auth_only = yes
smtpd_sender_login_maps = regexp:${directory}/owners
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_non_fqdn_recipient
biff = no
append_dot_mydomain = no
notify_classes =
in_flow_delay = 0
`;
}

/** Debian's services without chroot, for which the queue would have to hold a copy of the system's libraries, and without those of no use here. */
function masterCf(submissionPort: number): string {
  return `
127.0.0.1:${submissionPort} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
pickup    unix  n  -  n  60    1  pickup
cleanup   unix  n  -  n  -     0  cleanup
qmgr      unix  n  -  n  300   1  qmgr
tlsmgr    unix  -  -  n  1000? 1  tlsmgr
rewrite   unix  -  -  n  -     -  trivial-rewrite
bounce    unix  -  -  n  -     0  bounce
defer     unix  -  -  n  -     0  bounce
trace     unix  -  -  n  -     0  bounce
verify    unix  -  -  n  -     1  verify
flush     unix  n  -  n  1000? 0  flush
proxymap  unix  -  -  n  -     -  proxymap
smtp      unix  -  -  n  -     -  smtp
relay     unix  -  -  n  -     -  smtp
showq     unix  n  -  n  -     -  showq
error     unix  -  -  n  -     -  error
retry     unix  -  -  n  -     -  error
discard   unix  -  -  n  -     -  discard
lmtp      unix  -  -  n  -     -  lmtp
anvil     unix  -  -  n  -     1  anvil
scache    unix  -  -  n  -     1  scache
postlog   unix-dgram n - n -  1  postlogd
`;
}

import { execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TlsIdentity } from '../../src/sandbox/mail/types.js';
import { mailIdentity } from './mail-identity.js';
import { findProgram } from './system-programs.js';

const run = promisify(execFile);

export interface MailUser {
  /** The full address, which is also the login; its case does not matter. */
  readonly address: string;
  readonly password: string;
}

/** A running Dovecot with everything of it in one directory under the system's temporary one. */
export interface Dovecot {
  /** IMAP over TLS, on 127.0.0.1. */
  readonly imapPort: number;
  /** LMTP (RFC 2033) without TLS, on 127.0.0.1: delivers into the INBOX of whatever address, whether it can log in or not. */
  readonly lmtpPort: number;
  /** Dovecot SASL for Postfix (`smtpd_sasl_path`), on 127.0.0.1. */
  readonly saslPort: number;
  readonly tls: TlsIdentity;
  readonly directory: string;
  addUser(user: MailUser): void;
  /** The log so far, to show when a test fails. */
  log(): string;
  close(): Promise<void>;
}

/**
 * Starts Debian's Dovecot (2.3) on free ports, as root or not. What is needed: the packages dovecot-imapd and dovecot-lmtpd; ask
 * {@link missingPrograms} for `dovecot` first.
 *
 * @example
 * const dovecot = await startDovecot({ users: [{ address: 'fatture@pec.example.it', password: 'segreto' }] });
 */
export async function startDovecot(options: { users?: readonly MailUser[]; tls?: TlsIdentity } = {}): Promise<Dovecot> {
  const program = findProgram('dovecot');
  if (!program) throw new Error('dovecot is not installed');
  const tls = options.tls ?? (await mailIdentity());
  const root = process.getuid?.() === 0;
  const directory = mkdtempSync(path.join(os.tmpdir(), 'corriere-dovecot-'));
  chmodSync(directory, 0o755);
  const [imapPort = 0, lmtpPort = 0, saslPort = 0] = await freePorts(3);
  const file = (name: string): string => path.join(directory, name);
  const mail = root ? await account('nobody') : await account(os.userInfo().username);
  for (const name of ['run', 'state', 'mail', 'users']) mkdirSync(file(name));
  if (root) chownSync(file('mail'), mail.uid, mail.gid);
  writeFileSync(file('cert.pem'), tls.cert);
  writeFileSync(file('key.pem'), tls.key, { mode: 0o600 });
  writeFileSync(file('dovecot.log'), '', { mode: 0o666 });
  writeFileSync(file('dovecot.conf'), configuration({ directory, imapPort, lmtpPort, saslPort, root, mail }));

  // A file for each: Dovecot reads one again only when the second of its change is another.
  const addUser = ({ address, password }: MailUser): void => {
    const user = address.toLowerCase();
    writeFileSync(path.join(file('users'), user), `${user}:{PLAIN}${password}::::::\n`, { mode: 0o644 });
  };
  options.users?.forEach(addUser);

  const master = spawn(program, ['-F', '-c', file('dovecot.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  master.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  let exited = false;
  const exit = new Promise<void>((resolve) => master.once('exit', () => resolve(void (exited = true))));
  const log = (): string => (existsSync(file('dovecot.log')) ? readFileSync(file('dovecot.log'), 'utf8') : '') + complaint;

  const close = async (): Promise<void> => {
    if (!exited) master.kill('SIGTERM');
    const late = setTimeout(() => master.kill('SIGKILL'), 10_000);
    await exit;
    clearTimeout(late);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const port of [imapPort, lmtpPort, saslPort]) {
    for (let tries = 0; !(await listens(port)); tries += 1) {
      if (exited || tries > 200) {
        const reason = log();
        await close();
        throw new Error(`dovecot did not start:\n${reason}`);
      }
      await sleep(25);
    }
  }
  return { imapPort, lmtpPort, saslPort, tls, directory, addUser, log, close };
}

interface Configuration {
  readonly directory: string;
  readonly imapPort: number;
  readonly lmtpPort: number;
  readonly saslPort: number;
  readonly root: boolean;
  readonly mail: SystemAccount;
}

function configuration({ directory, imapPort, lmtpPort, saslPort, root, mail }: Configuration): string {
  // Without root Dovecot can neither change its account nor its root directory, so every process is ours and none is confined.
  const internal = root ? 'dovecot' : mail.name;
  const group = root ? 'dovecot' : mail.group;
  const unconfined = root ? '' : '  chroot =\n';
  return `
base_dir = ${directory}/run
state_dir = ${directory}/state
log_path = ${directory}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = ${internal}
default_internal_group = ${group}
default_login_user = ${root ? 'dovenull' : mail.name}
first_valid_uid = 1
mail_uid = ${mail.uid}
mail_gid = ${mail.gid}
mail_home = ${directory}/mail/%u
mail_location = sdbox:${directory}/mail/%u/sdbox
mailbox_list_index = yes
mail_max_userip_connections = 100
ssl = required
ssl_cert = <${directory}/cert.pem
ssl_key = <${directory}/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_username_format = %Lu
auth_failure_delay = 0
# Users come while it runs.
auth_cache_size = 0
# Tests wait for it: without this the server gathers news for half a second.
mailbox_idle_check_interval = 1 s
passdb {
  driver = passwd-file
  args = ${directory}/users/%u
}
userdb {
  driver = static
  args = uid=${mail.uid} gid=${mail.gid} home=${directory}/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${imapPort}
    ssl = yes
  }
${unconfined}}
# All logins come from one address, and wrong ones are part of the tests: no penalty.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
${unconfined}}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = ${saslPort}
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
${root ? '' : `  user = ${mail.name}\n`}}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
protocol lmtp {
  mail_plugins =
}
`;
}

export interface SystemAccount {
  readonly name: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
}

/** A local account by its name. */
export async function account(name: string): Promise<SystemAccount> {
  const id = async (...flags: string[]): Promise<string> => (await run('id', [...flags, name])).stdout.trim();
  return { name, group: await id('-gn'), uid: Number(await id('-u')), gid: Number(await id('-g')) };
}

/** So many ports on loopback that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Whether somebody listens on the port. */
export async function listens(port: number): Promise<boolean> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

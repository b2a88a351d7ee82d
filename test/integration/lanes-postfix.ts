import { execFile } from 'node:child_process';
import { chownSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TlsIdentity } from '../../src/sandbox/mail/types.js';
import { account, freePorts, listens } from '../support/dovecot.js';
import { findProgram } from '../support/system-programs.js';

const run = promisify(execFile);

export interface SubmissionServer {
  /** Submission over TLS with AUTH (RFC 8314), on 127.0.0.1. */
  readonly port: number;
  log(): string;
  close(): Promise<void>;
}

/** Why Postfix cannot run here beyond being absent: it starts as root only. */
export const needsRoot = (): string | undefined => (process.getuid?.() === 0 ? undefined : 'Postfix starts as root only');

/** Debian's Postfix as a provider's access point: takes mail of who signs in at Dovecot, and hands all of it to `relayPort`. */
export async function startSubmission(options: { tls: TlsIdentity; saslPort: number; relayPort: number }): Promise<SubmissionServer> {
  const program = findProgram('postfix');
  if (!program) throw new Error('postfix is not installed');
  const directory = mkdtempSync(path.join(os.tmpdir(), 'corriere-postfix-'));
  chmodSync(directory, 0o755);
  const file = (name: string): string => path.join(directory, name);
  const postfix = await account('postfix');
  for (const name of ['conf', 'queue', 'data']) mkdirSync(file(name));
  chownSync(file('data'), postfix.uid, postfix.gid);
  const [port = 0] = await freePorts(1);
  writeFileSync(file('cert.pem'), options.tls.cert);
  writeFileSync(file('key.pem'), options.tls.key, { mode: 0o600 });
  const services = readFileSync('/usr/share/postfix/master.cf.dist', 'utf8')
    .split('\n')
    .filter((line) => !/^(smtp\s+inet|#)/.test(line))
    // Nothing is confined to the queue's directory: what a confined process needs is not there.
    .map((line) => line.replace(/^(\S+\s+(?:inet|unix|fifo|pass)\s+\S\s+\S\s+)(\S)/, '$1n'))
    .join('\n');
  writeFileSync(file('conf/master.cf'), `127.0.0.1:${port} inet n - n - - smtpd\n  -o smtpd_tls_wrappermode=yes\n${services}\n`);
  writeFileSync(
    file('conf/main.cf'),
    `compatibility_level = 3.6
queue_directory = ${directory}/queue
data_directory = ${directory}/data
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = gestore.example
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
relayhost = [127.0.0.1]:${options.relayPort}
smtp_tls_security_level = none
smtpd_tls_cert_file = ${directory}/cert.pem
smtpd_tls_key_file = ${directory}/key.pem
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${options.saslPort}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
message_size_limit = 31457280
maillog_file = ${directory}/mail.log
maillog_file_prefixes = ${directory}
`,
  );
  const log = (): string => (existsSync(file('mail.log')) ? readFileSync(file('mail.log'), 'utf8') : '');
  const close = async (): Promise<void> => {
    await run(program, ['-c', file('conf'), 'stop']).catch(() => undefined);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await run(program, ['-c', file('conf'), 'start']);
    for (let tries = 0; !(await listens(port)); tries += 1) {
      if (tries > 200) throw new Error('it does not listen');
      await sleep(50);
    }
  } catch (error) {
    const reason = `${String(error)}\n${log()}`;
    await close();
    throw new Error(`postfix did not start: ${reason}`);
  }
  return { port, log, close };
}

import { isIP } from 'node:net';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { onlyPublic, PrivateAddressError, type Resolve } from '../../platform/net/resolve.js';
import type { Text } from '../../platform/http/problem.js';
import type { Mailbox, MailboxPasswords } from './mailbox.js';

export interface SideResult {
  readonly ok: boolean;
  readonly message: Text;
  /** Milliseconds it took. */
  readonly ms: number;
  readonly capabilities?: readonly string[];
}

export interface ProbeResult {
  readonly ok: boolean;
  readonly smtp: SideResult;
  readonly imap: SideResult;
}

const TIMEOUT_MS = 15_000;

interface Failure {
  readonly when: RegExp;
  readonly text: (host: string, detail: string) => Text;
}

/** What the libraries and Node call the ways in which a login fails, in the order in which they are recognised. */
const FAILURES: readonly Failure[] = [
  {
    when: /PrivateAddressError/,
    text: (host) => ({ it: `Il nome ${host} porta a una rete privata o locale, che questo servizio non chiama.`, en: `The name ${host} leads to a private or local network, which this service does not call.` }),
  },
  {
    when: /ENOTFOUND|ENODATA|EAI_AGAIN/,
    text: (host) => ({ it: `Il server ${host} non esiste o il DNS non risponde: controllare il nome.`, en: `The server ${host} does not exist or DNS does not answer: check the name.` }),
  },
  {
    when: /ECONNREFUSED/,
    text: (host) => ({ it: `${host} rifiuta la connessione: controllare la porta e se il protocollo è attivo per la casella.`, en: `${host} refuses the connection: check the port and whether the protocol is enabled for the mailbox.` }),
  },
  {
    when: /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|certificate/i,
    text: (host, detail) => ({ it: `Il certificato TLS di ${host} non è valido (${detail}): il nome è quello del gestore?`, en: `The TLS certificate of ${host} is not valid (${detail}): is the name the provider's?` }),
  },
  {
    when: /wrong version number|ssl3_get_record|EPROTO|packet length too long/i,
    text: (host) => ({ it: `${host} non parla TLS su questa porta: provare "starttls" o un’altra porta (465 SMTP, 993 IMAP).`, en: `${host} does not speak TLS on this port: try "starttls" or another port (465 SMTP, 993 IMAP).` }),
  },
  {
    when: /EAUTH|AUTHENTICATIONFAILED|\b535\b|authentication fail|invalid credentials|login failed/i,
    text: (host, detail) => ({
      it: `${host} rifiuta nome utente o password (${detail}). Dopo ripetuti errori molti gestori bloccano la casella; con la verifica in due passaggi serve una password per i programmi.`,
      en: `${host} refuses user or password (${detail}). After repeated failures many providers lock the mailbox; with two-step verification a programme password is needed.`,
    }),
  },
  {
    when: /ETIMEDOUT|ETIMEOUT|timed? ?out|Greeting never received|UPGRADE_TIMEOUT|GREETING/i,
    text: (host) => ({ it: `${host} non risponde entro ${TIMEOUT_MS / 1000} secondi: firewall, o porta sbagliata.`, en: `${host} does not answer within ${TIMEOUT_MS / 1000} seconds: a firewall, or the wrong port.` }),
  },
];

/** An error of a login in words; the server's own answer is quoted, cut short. */
export function inWords(host: string, error: unknown): Text {
  const fields = error as { name?: unknown; code?: unknown; message?: unknown; response?: unknown; responseText?: unknown; serverResponseCode?: unknown };
  const parts = [fields.name === PrivateAddressError.name ? fields.name : undefined, fields.code, fields.serverResponseCode, fields.message, fields.response, fields.responseText].filter((part): part is string => typeof part === 'string');
  const all = parts.join(' ');
  const detail = (parts.at(-1) ?? 'unknown').slice(0, 200);
  const known = FAILURES.find((failure) => failure.when.test(all));
  return known ? known.text(host, detail) : { it: `${host}: ${detail}`, en: `${host}: ${detail}` };
}

async function timed(work: () => Promise<Omit<SideResult, 'ms'>>, host: string): Promise<SideResult> {
  const start = performance.now();
  const result = await work().catch((error: unknown) => ({ ok: false, message: inWords(host, error) }));
  return { ...result, ms: Math.round(performance.now() - start) };
}

/** Where to connect: what the name leads to, checked, so that a name that changes between check and connection gains nothing. The certificate is still the name's. */
async function placeOf(host: string, resolve: Resolve | undefined): Promise<string> {
  if (!resolve) return host;
  const [first] = isIP(host) ? onlyPublic(host, [{ address: host, family: isIP(host) }]) : await resolve(host);
  return first?.address ?? host;
}

function tlsOptions(host: string, ca: string | undefined): object {
  return { ...(isIP(host) ? {} : { servername: host }), ...(ca ? { ca } : {}), minVersion: 'TLSv1.2' };
}

/**
 * Logs in on both sides, sends nothing, changes nothing, and says in words what is wrong.
 * @param resolve how names become addresses that may be called; without it any address may
 */
export async function probeMailbox(mailbox: Mailbox, passwords: MailboxPasswords, resolve?: Resolve): Promise<ProbeResult> {
  const smtp = timed(async () => {
    const { host, port, security, user } = mailbox.smtp;
    const transport = createTransport({
      host: await placeOf(host, resolve),
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      auth: { user, pass: passwords.smtp },
      tls: tlsOptions(host, mailbox.tlsCa),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
    try {
      await transport.verify();
      return { ok: true, message: { it: 'Accesso riuscito.', en: 'Signed in.' } };
    } finally {
      transport.close();
    }
  }, mailbox.smtp.host);

  const imap = timed(async () => {
    const { host, port, security, user } = mailbox.imap;
    const client = new ImapFlow({
      host: await placeOf(host, resolve),
      ...(isIP(host) ? {} : { servername: host }),
      port,
      secure: security === 'tls',
      doSTARTTLS: security === 'starttls' ? true : undefined,
      auth: { user, pass: passwords.imap },
      tls: tlsOptions(host, mailbox.tlsCa),
      logger: false,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      for (const folder of mailbox.folders) await client.status(folder, { messages: true });
      const capabilities = [...client.capabilities.keys()].sort();
      const idle = capabilities.includes('IDLE');
      return {
        ok: true,
        message: idle
          ? { it: 'Accesso riuscito; le ricevute arrivano in tempo reale (IDLE).', en: 'Signed in; receipts arrive in real time (IDLE).' }
          : { it: 'Accesso riuscito; il server non offre IDLE, la casella viene letta ogni minuto.', en: 'Signed in; the server offers no IDLE, the mailbox is read every minute.' },
        capabilities,
      };
    } finally {
      await client.logout().catch(() => undefined);
      client.close();
    }
  }, mailbox.imap.host);

  const [smtpResult, imapResult] = await Promise.all([smtp, imap]);
  return { ok: smtpResult.ok && imapResult.ok, smtp: smtpResult, imap: imapResult };
}

import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Injectable } from '@nestjs/common';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Stage } from '../attempts/attempt.js';
import { GuardedOctets } from './guarded-octets.js';
import { type HandOver, type HandOverResult, type SmtpAccount, SmtpClient, type SmtpSession } from './smtp-client.js';
import { Transcript } from './transcript.js';

export interface SmtpTimeouts {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** Silence after which the connection counts as lost. RFC 5321 §4.5.3.2.6 asks for ten minutes after the final dot: a shorter one makes outcomes unknown. */
  readonly silenceMs: number;
}

const TIMEOUTS: SmtpTimeouts = { connectMs: 30_000, greetingMs: 60_000, silenceMs: 600_000 };

interface SmtpFailure {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly message: string;
}

const TLS_TROUBLE = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|ETLS|EPROTO|ERR_SSL|ERR_TLS/;

/** The stage of a failure by the command that was in flight. */
const STAGE_OF_COMMAND: readonly (readonly [RegExp, Stage])[] = [
  [/^AUTH/, 'auth'],
  [/^MAIL/, 'mail'],
  [/^RCPT/, 'rcpt'],
  [/^DATA/, 'data'],
  [/^STARTTLS/, 'tls'],
];

@Injectable()
export class NodemailerSmtpClient extends SmtpClient {
  override session(account: SmtpAccount): SmtpSession {
    return new NodemailerSession(account, TIMEOUTS);
  }
}

/** One account's connection through nodemailer's low-level client, which tells what was in flight when something failed. */
export class NodemailerSession implements SmtpSession {
  #connection: SMTPConnection | undefined;
  readonly #transcript = new Transcript(() => new Date());

  constructor(
    private readonly account: SmtpAccount,
    private readonly timeouts: SmtpTimeouts,
  ) {}

  get connected(): boolean {
    return this.#connection !== undefined && !this.#connection.destroyed;
  }

  async handOver(message: HandOver): Promise<HandOverResult> {
    this.#transcript.begin();
    const pooled = this.connected;
    const first = await this.#once(message);
    // A server may have dropped the kept connection meanwhile. As long as nothing of the message left, a new one may try.
    const stale = pooled && !('withheld' in first) && first.code === undefined && (first.stage === 'connect' || first.stage === 'mail');
    return stale ? this.#once(message) : first;
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (!connection) return;
    if (connection.destroyed) connection.close();
    else connection.quit();
  }

  async #once(message: HandOver): Promise<HandOverResult> {
    const opened = await this.#connected();
    if (opened !== undefined) return { ...opened, transcript: this.#transcript.toString() };
    const connection = this.#connection;
    if (!connection) return { stage: 'connect', response: 'no connection', transcript: this.#transcript.toString() };
    const octets = new GuardedOctets(message.octets, () => message.beforeLastOctets());
    const result = await new Promise<Omit<Exclude<HandOverResult, { withheld: true }>, 'transcript'> | { withheld: true }>((resolve) => {
      connection.send({ from: message.from, to: [message.to], size: message.octets.length }, octets, (error, info) => {
        if (!error) return resolve({ stage: 'answered', code: codeOf(info?.response), response: info?.response ?? '' });
        if (octets.progress === 'withheld') return resolve({ withheld: true });
        resolve(this.#failure(error as SmtpFailure, octets.progress));
      });
    });
    // Only a clean acceptance leaves a connection that is worth keeping: after anything else its state is not worth guessing.
    if (!('stage' in result) || result.stage !== 'answered' || result.code === undefined || result.code >= 300) {
      octets.destroy();
      connection.close();
      this.#connection = undefined;
    }
    return { ...result, transcript: this.#transcript.toString() };
  }

  #failure(error: SmtpFailure, progress: GuardedOctets['progress']): Omit<Exclude<HandOverResult, { withheld: true }>, 'transcript'> {
    const response = (error.response ?? error.message).slice(0, 2_000);
    this.#transcript.add('*', error.message.slice(0, 500));
    if (progress === 'passed') {
      // An answer to the final dot carries EMESSAGE; anything else means that no complete answer came.
      return error.code === 'EMESSAGE' && error.responseCode !== undefined
        ? { stage: 'answered', code: error.responseCode, response }
        : { stage: 'final-dot', response };
    }
    if (progress === 'flowing') return { stage: 'data', response };
    if (error.code === 'EMESSAGE' && error.responseCode === undefined) return { stage: 'mail', response, tooLarge: true };
    const stage = STAGE_OF_COMMAND.find(([pattern]) => pattern.test(error.command ?? ''))?.[1] ?? 'mail';
    return error.responseCode === undefined ? { stage, response } : { stage, code: error.responseCode, response };
  }

  /** Undefined when a connection stands and is logged in; else why not. */
  async #connected(): Promise<{ stage: Stage; code?: number; response: string } | undefined> {
    if (this.connected) return undefined;
    const { host, port, security, user, password, tlsCa } = this.account;
    const record = (entry: unknown, text?: unknown): void => {
      const side = (entry as { tnx?: unknown } | undefined)?.tnx;
      if (side !== 'client' && side !== 'server') return;
      if (this.#connection?.authenticated && typeof text === 'string') this.#transcript.add(side === 'client' ? 'C' : 'S', text);
    };
    const silent = (): void => undefined;
    const connection = new SMTPConnection({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      connectionTimeout: this.timeouts.connectMs,
      greetingTimeout: this.timeouts.greetingMs,
      socketTimeout: this.timeouts.silenceMs,
      transactionLog: true,
      logger: { trace: silent, debug: record, info: silent, warn: silent, error: silent, fatal: silent },
      tls: {
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
        ...(isIP(host) ? {} : { servername: host }),
        ...(tlsCa ? { ca: [...rootCertificates, tlsCa] } : {}),
      },
    });
    const outcome = await new Promise<SmtpFailure | undefined>((resolve) => {
      const fail = (error: unknown): void => resolve(error as SmtpFailure);
      connection.on('error', fail);
      connection.once('end', () => fail({ message: 'the connection ended', code: 'ECONNECTION' }));
      connection.connect((error) => {
        if (error) return fail(error);
        connection.login({ credentials: { user, pass: password } }, (refused) => (refused ? fail(refused) : resolve(undefined)));
      });
    });
    if (!outcome) {
      this.#connection = connection;
      return undefined;
    }
    connection.close();
    const response = (outcome.response ?? outcome.message).slice(0, 2_000);
    this.#transcript.add('*', `${outcome.code ?? ''} ${response}`);
    const tls = TLS_TROUBLE.test(`${outcome.code ?? ''} ${outcome.originalCode ?? ''}`);
    const stage: Stage = outcome.code === 'EAUTH' || /^AUTH/.test(outcome.command ?? '') ? 'auth' : tls ? 'tls' : 'connect';
    // nodemailer says "Missing credentials" without a server's code; that is refused as well.
    const code = outcome.responseCode ?? (outcome.code === 'EAUTH' && outcome.command === 'API' ? 535 : undefined);
    return code === undefined ? { stage, response } : { stage, code, response };
  }
}

function codeOf(response: string | undefined): number {
  return Number(/^\d{3}/.exec(response ?? '')?.[0] ?? 250);
}

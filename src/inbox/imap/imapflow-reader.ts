import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Injectable } from '@nestjs/common';
import { type FetchMessageObject, ImapFlow } from 'imapflow';
import { uidsOf } from './uid-set.js';
import { type FolderState, type ImapAccount, ImapFailure, ImapReader, type ImapSession, type MessageHead } from './imap-reader.js';

/** Providers and NAT cut long silences; RFC 2177's ceiling of 29 minutes is out of reach (pec.md 9.2). */
const IDLE_MS = 9 * 60_000;
const CONNECT_MS = 30_000;
/** No literal may be larger than the largest message that is fetched whole, with room for a server that counts otherwise. */
const MAX_LITERAL = 80 * 1024 * 1024;
const UIDS_PER_COMMAND = 500;
const DAY_MS = 86_400_000;

/** Server response codes (RFC 5530) of a refused login that is not about the credentials. */
const NOT_THE_CREDENTIALS = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN']);

function failure(error: unknown): ImapFailure {
  if (error instanceof ImapFailure) return error;
  const { authenticationFailed, serverResponseCode, code, responseStatus, responseText, message } = error as {
    authenticationFailed?: boolean;
    serverResponseCode?: string;
    code?: string;
    responseStatus?: string;
    responseText?: string;
    message?: string;
  };
  const refused = authenticationFailed === true && !NOT_THE_CREDENTIALS.has(serverResponseCode ?? '');
  const text = [code, serverResponseCode, responseText ?? message].filter(Boolean).join(' ').slice(0, 300);
  const kind = refused ? 'credentials' : !authenticationFailed && (responseStatus === 'NO' || responseStatus === 'BAD') ? 'refused' : 'connection';
  return new ImapFailure(kind, text || 'connection lost', { cause: error });
}

@Injectable()
export class ImapflowReader extends ImapReader {
  override async connect(account: ImapAccount): Promise<ImapSession> {
    const { host, port, security, user, password, tlsCa } = account;
    const client = new ImapFlow({
      host,
      port,
      secure: security === 'tls',
      ...(security === 'starttls' ? { doSTARTTLS: true } : {}),
      auth: { user, pass: password },
      disableAutoIdle: true,
      maxIdleTime: IDLE_MS,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      // Above the idle time, below what a dead connection may cost.
      socketTimeout: IDLE_MS + 60_000,
      maxLiteralSize: MAX_LITERAL,
      maxResponseSize: MAX_LITERAL + 1024 * 1024,
      logger: false,
      clientInfo: { name: 'Corriere' },
      tls: {
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
        ...(isIP(host) ? {} : { servername: host }),
        ...(tlsCa ? { ca: [...rootCertificates, tlsCa] } : {}),
      },
    });
    const session = new ImapflowSession(client);
    try {
      await client.connect();
    } catch (error) {
      client.close();
      throw failure(error);
    }
    return session;
  }
}

class ImapflowSession implements ImapSession {
  #news = false;
  #closed = false;
  #tell: () => void = () => undefined;

  constructor(private readonly client: ImapFlow) {
    client.on('exists', () => {
      this.#news = true;
      this.#tell();
    });
    const ended = (): void => {
      this.#closed = true;
      this.#tell();
    };
    client.on('close', ended);
    client.on('error', ended);
  }

  get pushes(): boolean {
    return this.client.capabilities.has('IDLE');
  }

  async open(folder: string): Promise<FolderState> {
    this.#news = false;
    const mailbox = await this.#ask(() => this.client.mailboxOpen(folder, { readOnly: true }));
    // Zero stands for a server that names none: a constant at least keeps UIDs comparable.
    return { uidValidity: mailbox.uidValidity ?? 0n, ...(mailbox.uidNext ? { uidNext: mailbox.uidNext } : {}) };
  }

  async above(uid: number): Promise<number[]> {
    this.#news = false;
    // "n:*" always names the last message, also one below n (RFC 3501 §6.4.8).
    const range = `${uid + 1}:*`;
    const found = await this.#search({ uid: range }).catch(async (error: unknown) => {
      if (!(error instanceof ImapFailure) || error.kind !== 'refused') throw error;
      return (await this.#ask(() => this.client.fetchAll(range, { uid: true }, { uid: true }))).map((message) => message.uid).sort((a, b) => a - b);
    });
    return found.filter((each) => each > uid);
  }

  async headsOf(uids: readonly number[]): Promise<MessageHead[]> {
    const heads: MessageHead[] = [];
    for (const part of parts(uids)) heads.push(...(await this.#ask(() => this.client.fetchAll([...part], { uid: true, size: true, internalDate: true }, { uid: true }))).map(toHead));
    return heads.sort(byUid);
  }

  async since(day: Date): Promise<number[]> {
    try {
      return await this.#search({ since: day });
    } catch (error) {
      if (!(error instanceof ImapFailure) || error.kind !== 'refused') throw error;
      return this.#walkSince(day);
    }
  }

  /**
   * For a server that does not search by date. Downwards: what is expunged meanwhile moves the numbers above it down, so that some messages are met twice and none is passed over.
   */
  async #walkSince(day: Date): Promise<number[]> {
    // Dates of messages are local ones, of whatever zone: the earliest of them begins half a day before ours.
    const midnight = (Math.floor(day.getTime() / DAY_MS) - 0.5) * DAY_MS;
    const found = new Set<number>();
    for (let last = this.#exists(); last > 0; last = Math.min(last - UIDS_PER_COMMAND, this.#exists())) {
      const range = `${Math.max(1, last - UIDS_PER_COMMAND + 1)}:${last}`;
      const heads = (await this.#ask(() => this.client.fetchAll(range, { uid: true, internalDate: true }))).map(toHead);
      for (const { uid, internalDate } of heads) if (!internalDate || internalDate.getTime() >= midnight) found.add(uid);
    }
    return [...found].sort((a, b) => a - b);
  }

  #exists(): number {
    return this.client.mailbox ? this.client.mailbox.exists : 0;
  }

  async referringTo(messageId: string): Promise<number[]> {
    return this.#search({ header: { 'X-Riferimento-Message-ID': messageId } });
  }

  /** Asks for the compact form (RFC 4731), where a mailbox of a hundred thousand messages is a few octets. */
  async #search(query: Exclude<Parameters<ImapFlow['search']>[0], boolean>): Promise<number[]> {
    const found = await this.#ask(() => this.client.search(query, { uid: true, returnOptions: ['ALL'] }));
    if (Array.isArray(found)) return [...found].sort((a, b) => a - b);
    // Nothing found is not the same as nothing answered: the latter would look like an empty folder.
    if (!found) throw new ImapFailure(this.client.usable ? 'refused' : 'connection', 'SEARCH was not answered');
    return uidsOf(found.all ?? '', this.#exists());
  }

  async fetch(uids: readonly number[]): Promise<{ uid: number; octets: Buffer }[]> {
    // fetchAll drains the whole answer before any other command may be given on this connection.
    const found = await this.#ask(() => this.client.fetchAll([...uids], { uid: true, source: true }, { uid: true }));
    return found.flatMap(({ uid, source }) => (source ? [{ uid, octets: source }] : [])).sort(byUid);
  }

  async header(uid: number): Promise<Buffer | undefined> {
    const found = await this.#ask(() => this.client.fetchOne(String(uid), { uid: true, headers: true }, { uid: true }));
    return found ? found.headers : undefined;
  }

  async wait(ms: number, signal: AbortSignal): Promise<'changed' | 'quiet' | 'closed'> {
    if (this.#closed || signal.aborted) return 'closed';
    if (this.#news) return 'changed';
    if (ms <= 0) return 'quiet';
    return new Promise((resolve) => {
      const finish = (result: 'changed' | 'quiet' | 'closed'): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', aborted);
        this.#tell = () => undefined;
        resolve(result);
      };
      const aborted = (): void => finish('closed');
      const timer = setTimeout(() => finish('quiet'), ms);
      signal.addEventListener('abort', aborted, { once: true });
      this.#tell = () => finish(this.#closed ? 'closed' : 'changed');
      // IDLE runs until the next command breaks it. Where it fails the connection's end or the timer tells.
      if (this.pushes) void this.client.idle().catch(() => undefined);
    });
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      const patience = setTimeout(() => this.client.close(), 2_000);
      await this.client.logout().catch(() => undefined);
      clearTimeout(patience);
    }
    this.client.close();
  }

  async #ask<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch (error) {
      throw failure(error);
    }
  }
}

const byUid = (a: { uid: number }, b: { uid: number }): number => a.uid - b.uid;

function toHead({ uid, size, internalDate }: FetchMessageObject): MessageHead {
  const date = internalDate === undefined ? undefined : new Date(internalDate);
  return { uid, size: size ?? 0, ...(date && !Number.isNaN(date.getTime()) ? { internalDate: date } : {}) };
}

function* parts(uids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < uids.length; start += UIDS_PER_COMMAND) yield uids.slice(start, start + UIDS_PER_COMMAND);
}

import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ImapServerOptions, type MailAccount, MailboxFullError, type MailStore, NoSuchFolderError } from '../types.js';
import { capabilities } from './capabilities.js';
import { bad, type Command, no, type Reply } from './command.js';
import { readCommand } from './command-reader.js';
import { commandNamed } from './commands/index.js';
import { Input, LineTooLongError } from './input.js';
import { LIMITS } from './limits.js';
import { type MailboxView, RenumberedError } from './mailbox-view.js';
import { Output } from './output.js';
import { BadSyntaxError, Scanner } from './scanner.js';

const TAG = /^[^\x00-\x20\x7f-\xff(){%*"\\+]{1,100}(?= )/;
const NAME = /(?:uid )?[a-z]{1,20}(?= |$)/iy;

/** What the server lends to its sessions. */
export interface Host {
  readonly options: ImapServerOptions;
  /** False: the account has as many connections as it may. */
  admit(session: Session, account: string): boolean;
  /** Puts TLS over the socket (STARTTLS). */
  secure(socket: Duplex): Promise<Duplex>;
}

/** One connection: reads a command, runs it, answers, in this order and never two at once. */
export class Session {
  readonly #host: Host;
  #socket: Duplex;
  #input: Input;
  #output: Output;
  #secure: boolean;
  #user: MailAccount | undefined;
  #view: MailboxView | undefined;
  #condstore = false;
  #badCommands = 0;
  #failedLogins = 0;
  #closing = false;
  #mute = false;

  constructor(host: Host, socket: Duplex, secure: boolean) {
    this.#host = host;
    this.#secure = secure;
    this.#socket = socket;
    this.#input = new Input(socket);
    this.#output = new Output(socket);
  }

  get store(): MailStore {
    return this.#host.options.store;
  }
  get faults(): ImapServerOptions['faults'] {
    return this.#host.options.faults;
  }
  get secure(): boolean {
    return this.#secure;
  }
  get loggedIn(): boolean {
    return this.#user !== undefined;
  }
  /** The store's key. Only for commands that need a login. */
  get account(): string {
    if (!this.#user) throw new Error('not logged in');
    return this.#user.account;
  }
  /** The selected folder. Only for commands that need one. */
  get view(): MailboxView {
    if (!this.#view) throw new Error('nothing selected');
    return this.#view;
  }
  get selected(): MailboxView | undefined {
    return this.#view;
  }
  get condstore(): boolean {
    return this.#condstore;
  }
  get capabilities(): string {
    return capabilities(this);
  }

  /** From the first CONDSTORE-enabling command on, FETCH responses carry the modseq (RFC 7162 §3.1). */
  enableCondstore(): void {
    this.#condstore = true;
  }

  select(view: MailboxView | undefined): void {
    this.#view?.close();
    this.#view = view;
  }

  /** Adds to the output; see {@link flush}. */
  send(data: string | Buffer): void {
    this.#output.add(data);
  }
  /** Writes out what there is, at once or only when it has become much. */
  async flush(when: 'now' | 'full' = 'now'): Promise<void> {
    if (when === 'now' || this.#output.full) await this.#output.flush();
  }
  /** The client's next line: the answer to a challenge, DONE. */
  line(): Promise<Buffer | undefined> {
    return this.#input.line(this.loggedIn ? LIMITS.line : LIMITS.lineBeforeLogin);
  }

  /** Checks the credentials and logs in. */
  async login(user: string, password: string): Promise<Reply> {
    if (!this.#secure) return no('Use STARTTLS first', 'PRIVACYREQUIRED');
    const account = await this.#host.options.authenticate(user, password);
    if (!account || this.faults?.take('imap-auth-refused', { account: account.account })) {
      this.#failedLogins += 1;
      if (this.#failedLogins >= LIMITS.failedLogins) this.bye('Too many failed logins');
      return no('Authentication failed', 'AUTHENTICATIONFAILED');
    }
    if (!this.#host.admit(this, account.account)) return no('Too many connections of this account', 'LIMIT');
    this.#user = account;
    return { status: 'OK', text: 'Logged in', code: `CAPABILITY ${this.capabilities}` };
  }

  /** The connection goes on under TLS, forgetting everything said before. */
  async startTls(tag: string): Promise<void> {
    this.send(`${tag} OK Begin TLS\r\n`);
    await this.flush();
    this.#input.detach();
    const secured = await this.#host.secure(this.#socket).catch(() => undefined);
    if (!secured) return this.destroy();
    this.#socket = secured;
    this.#input = new Input(this.#socket);
    this.#output = new Output(this.#socket);
    this.#secure = true;
  }

  /** The connection ends after the current command's answer. */
  bye(text: string): void {
    if (!this.#closing) this.send(`* BYE ${text}\r\n`);
    this.#closing = true;
  }

  /** The connection ends in the middle of the current command's answer. */
  hangUp(): void {
    this.#closing = true;
    this.#mute = true;
  }

  /** Ends the connection on the spot. */
  destroy(): void {
    this.#closing = true;
    this.#socket.destroy();
  }

  /** Tells the client what happened to the selected folder. */
  async update(expunges: boolean): Promise<void> {
    if (!this.#view?.hasNews) return;
    for (const line of await this.#view.sync(expunges, this.#condstore)) this.send(line);
  }

  /** Serves the client until it leaves. */
  async run(): Promise<void> {
    this.send(`* OK [CAPABILITY ${this.capabilities}] ${this.#host.options.name ?? 'localhost'} ready\r\n`);
    try {
      while (!this.#closing && !this.#socket.destroyed) {
        await this.flush();
        await this.#next();
      }
      await this.flush();
    } catch (error) {
      if (error instanceof LineTooLongError) this.bye('Line too long');
      else if (error instanceof RenumberedError) this.bye('[UNAVAILABLE] The folder was renumbered');
      else if (!this.#socket.destroyed) {
        this.#host.options.onError?.(error);
        this.bye('[SERVERBUG] Internal error');
      }
      await this.flush().catch(() => undefined);
    } finally {
      this.#view?.close();
      this.#socket.end();
    }
  }

  async #next(): Promise<void> {
    const read = await readCommand(this.#input, this.loggedIn, async () => {
      this.send('+ OK\r\n');
      await this.flush();
    });
    if (read.kind === 'end') this.#closing = true;
    else if (read.kind === 'hopeless') this.bye(read.text);
    else if (read.kind === 'refused') this.#answer(TAG.exec(read.start)?.[0], no('Literal too big', read.code));
    else {
      const text = read.command.texts[0] ?? '';
      const tag = TAG.exec(text)?.[0];
      NAME.lastIndex = (tag?.length ?? 0) + 1;
      const name = tag && NAME.exec(text)?.[0].toUpperCase();
      if (!tag || !name) return this.#answer(tag, bad('Not a command'));
      await this.#run(tag, name, new Scanner(read.command, tag.length + 1 + name.length));
    }
  }

  async #run(tag: string, name: string, args: Scanner): Promise<void> {
    const command = commandNamed(name);
    if (!command) return this.#answer(tag, bad('Unknown command'));
    if (!this.#allows(command)) return this.#answer(tag, bad(`${name} is not possible now`));
    const slow = this.faults?.take('imap-slow', { account: this.#user?.account });
    if (slow) await sleep(slow.milliseconds);
    // New mail is shown before the command looks at the folder; nothing changes its number by that.
    await this.update(false);
    const byUid = name.startsWith('UID ');
    const reply = await command.run(this, args, { tag, name, byUid }).catch((error: unknown) => this.#failure(error));
    if (!this.#closing) await this.update(byUid || !command.keepsNumbers);
    if (reply) this.#answer(tag, reply);
  }

  #allows({ when }: Command): boolean {
    switch (when) {
      case 'any':
        return true;
      case 'login':
        return !this.loggedIn;
      case 'account':
        return this.loggedIn;
      case 'selected':
        return this.#view !== undefined;
    }
  }

  #failure(error: unknown): Reply {
    if (error instanceof BadSyntaxError) return bad(error.message);
    if (error instanceof NoSuchFolderError) return no('No such folder', 'NONEXISTENT');
    if (error instanceof MailboxFullError) return no('Mailbox full', 'OVERQUOTA');
    if (error instanceof LineTooLongError || error instanceof RenumberedError) throw error;
    this.#host.options.onError?.(error);
    return no('Internal error', 'SERVERBUG');
  }

  #answer(tag: string | undefined, { status, code, text }: Reply): void {
    if (this.#mute) return;
    this.send(`${tag ?? '*'} ${status} ${code ? `[${code}] ` : ''}${text}\r\n`);
    this.#badCommands = status === 'BAD' ? this.#badCommands + 1 : 0;
    if (this.#badCommands >= LIMITS.badCommands) this.bye('Too many bad commands');
  }
}

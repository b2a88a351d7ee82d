import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

/** An IMAP client that says exactly what it is told to: for what no library would say. All text is latin1. */
export class RawImap {
  readonly #socket: TLSSocket;
  #received = '';
  #tag = 0;
  #closed = false;
  #wake: () => void = () => undefined;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  /** Connects and reads the greeting. */
  static async open(port: number, ca: string): Promise<RawImap> {
    const socket = connect({ port, host: '127.0.0.1', ca, servername: 'localhost' });
    await once(socket, 'secureConnect');
    const client = new RawImap(socket);
    await client.until(/^\* OK .*\r\n/);
    return client;
  }

  static async login(port: number, ca: string, user: string, password: string): Promise<RawImap> {
    const client = await RawImap.open(port, ca);
    const answer = await client.command(`LOGIN "${user}" "${password}"`);
    if (!answer.tagged.startsWith('OK')) throw new Error(`login refused: ${answer.tagged}`);
    return client;
  }

  write(text: string): void {
    this.#socket.write(Buffer.from(text, 'latin1'));
  }

  /** Waits for text that matches and takes everything up to its end. */
  async until(expression: RegExp, milliseconds = 5000): Promise<string> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = expression.exec(this.#received);
      if (found) {
        const end = found.index + found[0].length;
        const text = this.#received.slice(0, end);
        this.#received = this.#received.slice(end);
        return text;
      }
      if (this.#closed) throw new Error(`connection closed, left: ${JSON.stringify(this.#received.slice(-500))}`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`nothing matched ${String(expression)} in ${JSON.stringify(this.#received.slice(-500))}`);
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        new Promise<void>((resolve) => (this.#wake = resolve)),
        new Promise((resolve) => (timer = setTimeout(resolve, left))),
      ]);
      clearTimeout(timer);
    }
  }

  /** Sends a command and returns the lines before the tagged one, and that one without its tag. */
  async command(text: string): Promise<{ untagged: string[]; tagged: string }> {
    const tag = `t${++this.#tag}`;
    this.write(`${tag} ${text}\r\n`);
    return this.answer(tag);
  }

  async answer(tag: string): Promise<{ untagged: string[]; tagged: string }> {
    const text = await this.until(new RegExp(`(^|\r\n)${tag} [^\r\n]*\r\n`));
    const lines = text.split('\r\n').slice(0, -1);
    const tagged = lines.pop() ?? '';
    return { untagged: lines, tagged: tagged.slice(tag.length + 1) };
  }

  /** What the server had to say until it closed the connection. */
  async closed(): Promise<string> {
    while (!this.#closed) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#received;
  }

  /** Stops reading. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
  }
}

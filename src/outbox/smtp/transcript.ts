const MAX_CHARACTERS = 16_384;

/**
 * The dialogue as evidence: commands and answers with their instants, from MAIL on. Logins are never in it, the message's octets are evidence of their own.
 */
export class Transcript {
  #lines: string[] = [];
  #length = 0;

  constructor(private readonly now: () => Date) {}

  /** Starts anew for the next message on the same connection. */
  begin(): void {
    this.#lines = [];
    this.#length = 0;
  }

  add(who: 'C' | 'S' | '*', text: string): void {
    if (this.#length > MAX_CHARACTERS) return;
    const line = `${this.now().toISOString()} ${who}: ${text.slice(0, 2_000)}`;
    this.#length += line.length;
    this.#lines.push(line);
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

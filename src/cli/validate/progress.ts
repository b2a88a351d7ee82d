/** How many files are done, on one line of a terminal that is written over; silent anywhere else. */
export class Progress {
  #shown = 0;
  #last = 0;

  /** @param stream where it is shown */
  constructor(
    private readonly stream: { readonly isTTY?: boolean; write(text: string): unknown },
    private readonly word: string,
    private readonly now: () => number = Date.now,
  ) {}

  show(done: number, invalid: number): void {
    if (this.stream.isTTY !== true || this.now() - this.#last < 100) return;
    this.#last = this.now();
    const text = `${done} ${this.word}${invalid > 0 ? `, ✗ ${invalid}` : ''}`;
    this.stream.write(`\r${text.padEnd(this.#shown)}`);
    this.#shown = text.length;
  }

  /** Makes room for other lines. */
  clear(): void {
    if (this.#shown === 0) return;
    this.stream.write(`\r${' '.repeat(this.#shown)}\r`);
    this.#shown = 0;
  }
}

/** A statement must have been run this often in the process before it is worth a name. */
const USES_BEFORE_NAMED = 5;
/** Texts that are remembered at all; texts built at run time (long `IN` lists) must not grow memory here or plans in the server. */
const LIMIT = 400;

/**
 * Gives hot statements a name, so that the server parses and plans them once per connection. A text counts as hot after a few uses;
 * statements without parameters keep the simple protocol (several statements in one text need it).
 */
export class StatementNames {
  readonly #uses = new Map<string, number>();
  readonly #names = new Map<string, string>();

  /** The name under which to prepare `text`, or undefined to run it unnamed. */
  nameOf(text: string, parameters: number): string | undefined {
    if (parameters === 0) return undefined;
    const name = this.#names.get(text);
    if (name !== undefined) return name;
    const uses = (this.#uses.get(text) ?? 0) + 1;
    if (uses >= USES_BEFORE_NAMED) {
      this.#uses.delete(text);
      const fresh = `c${this.#names.size}`;
      this.#names.set(text, fresh);
      return fresh;
    }
    if (uses > 1 || this.#uses.size + this.#names.size < LIMIT) this.#uses.set(text, uses);
    return undefined;
  }
}

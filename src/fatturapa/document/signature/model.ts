/** A small description of XML Schema's contents, as much as XML Signature needs. */

export type SimpleName = 'string' | 'base64Binary' | 'integer' | 'anyURI' | 'ID';

export type Part =
  | { readonly kind: 'element'; readonly name: string; readonly type: string; readonly min: number; readonly max: number }
  /** `strict`: only elements that a schema declares. `lax`: others too, unseen. `other`: of a namespace, and not of this one. */
  | { readonly kind: 'any'; readonly other: boolean; readonly strict: boolean; readonly min: number; readonly max: number }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Part[]; readonly min: number; readonly max: number };

export interface ComplexType {
  /** Absent: the content is a value. */
  readonly content?: Part;
  readonly simple?: SimpleName;
  /** Character data may stand between the elements. */
  readonly mixed?: boolean;
  readonly attributes?: Readonly<Record<string, { readonly type: SimpleName; readonly required?: boolean }>>;
}

/** How often: `?`, `*`, `+`; nothing means once. */
type Times = '' | '?' | '*' | '+';
const bounds = (times: Times): { min: number; max: number } => ({ min: times === '?' || times === '*' ? 0 : 1, max: times === '*' || times === '+' ? Infinity : 1 });

/** An element; its type has its own name unless another is given. */
export const element = (name: string, times: Times = '', type = name): Part => ({ kind: 'element', name, type, ...bounds(times) });
export const any = (namespaces: 'any' | 'other', process: 'strict' | 'lax', times: Times = ''): Part => ({ kind: 'any', other: namespaces === 'other', strict: process === 'strict', ...bounds(times) });
export const sequence = (times: Times, ...parts: Part[]): Part => ({ kind: 'sequence', parts, ...bounds(times) });
export const choice = (times: Times, ...parts: Part[]): Part => ({ kind: 'choice', parts, ...bounds(times) });

/** One place of a content where an element may stand. */
export type Leaf = Extract<Part, { kind: 'element' | 'any' }>;

/** A content as a machine without choice points: which place may follow which (Glushkov). XML Schema sees to it that at most one place fits an element. */
export class Machine {
  readonly #leaves: Leaf[] = [];
  readonly #follow: Set<number>[] = [];
  readonly #first: ReadonlySet<number>;
  readonly #last: ReadonlySet<number>;
  readonly #mayBeEmpty: boolean;

  constructor(content: Part) {
    const { first, last, empty } = this.#walk(content);
    this.#first = first;
    this.#last = last;
    this.#mayBeEmpty = empty;
  }

  /** @param from the place of the element before; -1 at the beginning */
  next(from: number, fits: (leaf: Leaf) => boolean): number {
    for (const at of from < 0 ? this.#first : (this.#follow[from] ?? [])) {
      const leaf = this.#leaves[at];
      if (leaf && fits(leaf)) return at;
    }
    return -1;
  }

  leaf(at: number): Leaf | undefined {
    return this.#leaves[at];
  }

  mayEnd(from: number): boolean {
    return from < 0 ? this.#mayBeEmpty : this.#last.has(from);
  }

  #walk(part: Part): { first: ReadonlySet<number>; last: ReadonlySet<number>; empty: boolean } {
    let first: Set<number>;
    let last: Set<number>;
    let empty: boolean;
    if (part.kind === 'element' || part.kind === 'any') {
      const at = this.#leaves.push(part) - 1;
      this.#follow.push(new Set());
      first = new Set([at]);
      last = new Set([at]);
      empty = false;
    } else {
      const inner = part.parts.map((one) => this.#walk(one));
      if (part.kind === 'choice') {
        first = new Set(inner.flatMap((one) => [...one.first]));
        last = new Set(inner.flatMap((one) => [...one.last]));
        empty = inner.some((one) => one.empty);
      } else {
        first = new Set();
        last = new Set();
        empty = true;
        for (const one of inner) {
          this.#connect(last, one.first);
          if (empty) first = new Set([...first, ...one.first]);
          last = one.empty ? new Set([...last, ...one.last]) : new Set(one.last);
          empty = empty && one.empty;
        }
      }
    }
    if (part.max > 1) this.#connect(last, first);
    return { first, last, empty: empty || part.min === 0 };
  }

  #connect(from: ReadonlySet<number>, to: ReadonlySet<number>): void {
    for (const one of from) for (const other of to) this.#follow[one]?.add(other);
  }
}

/** A text for people, in both languages of the house. */
export interface Text {
  readonly it: string;
  readonly en: string;
}

/** One thing that is wrong with an input: where, what, and how to mend it. */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'hint';
  /** XPath with indexes, or a JSON pointer, or a header's name. */
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly value?: string;
  readonly message: Text;
  readonly fix?: Text;
}

/** A kind of problem (RFC 9457): the last part of its stable `type`, its status and its title. */
export interface ProblemKind {
  readonly slug: string;
  readonly status: number;
  readonly title: Text;
}

export function defineProblem(slug: string, status: number, title: Text): ProblemKind {
  return Object.freeze({ slug, status, title });
}

/**
 * Thrown by any room that answers HTTP; the filter in `platform/http` turns it into `application/problem+json`:
 * `{ type: "https://corriere.dev/problems/<slug>", title, status, detail, instance, mend, messages: { it: { title, detail, mend }, en: {...} }, errors: Finding[] }`.
 * `title`, `detail` and `mend` follow Accept-Language (English unless Italian is preferred).
 */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly detail: Text,
    readonly more: { readonly mend?: Text; readonly findings?: readonly Finding[]; readonly headers?: Readonly<Record<string, string>>; readonly extra?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(`${kind.slug}: ${detail.en}`);
    this.name = 'Problem';
  }
}

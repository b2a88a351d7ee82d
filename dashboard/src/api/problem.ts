import type { Finding, Text } from './types.js';

interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly mend?: string;
  readonly instance?: string;
  readonly messages?: Partial<Record<keyof Text, { readonly title?: string; readonly detail?: string; readonly mend?: string }>>;
  readonly errors?: readonly Finding[];
}

/** The service answered, but with a refusal (RFC 9457). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
  ) {
    super(body.title ?? `HTTP ${status}`);
    this.name = 'ApiProblem';
  }

  /** The last part of the stable `type`. */
  get slug(): string {
    return this.body.type?.split('/').at(-1) ?? '';
  }

  get findings(): readonly Finding[] {
    return this.body.errors ?? [];
  }

  part(name: 'title' | 'detail' | 'mend', language: keyof Text): string | undefined {
    return this.body.messages?.[language]?.[name] ?? this.body[name];
  }
}

/** The service did not answer at all. */
export class Unreachable extends Error {
  constructor(options?: ErrorOptions) {
    super('the service cannot be reached', options);
    this.name = 'Unreachable';
  }
}

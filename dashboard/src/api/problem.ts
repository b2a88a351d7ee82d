import type { Finding, ProblemBody, Text } from './types.js';

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

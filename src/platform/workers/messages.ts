/** What goes to a thread. */
export interface TaskMessage {
  readonly name: string;
  readonly input: unknown;
}

/** What comes back: one answer for each task. */
export type AnswerMessage = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly name: string; readonly message: string; readonly stack?: string };

/** What a thread is told at its birth. */
export interface ThreadSetup {
  /** Absolute path of the module whose exported functions are the tasks. */
  readonly module: string;
}

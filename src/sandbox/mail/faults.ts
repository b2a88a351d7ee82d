/** A two-language text for people, shaped as in `platform/http/problem.ts`. */
interface Words {
  readonly it: string;
  readonly en: string;
}

interface Common {
  /** Only for this account; for all when absent. */
  readonly account?: string;
  /** How often it strikes before it is gone; once when absent. */
  readonly count?: number;
}

/** The places of an SMTP dialogue where a fault can strike. */
export type SmtpStage = 'connect' | 'mail' | 'rcpt' | 'data' | 'body' | 'stored';

/** What the mail servers can be told to do wrong. */
export type MailFault =
  | (Common & { readonly kind: 'smtp-auth-refused' })
  /** An answer of 4xx or 5xx. At `data` it comes instead of 354, at `body` after the final dot with nothing stored. */
  | (Common & {
      readonly kind: 'smtp-refuse';
      readonly at: 'mail' | 'rcpt' | 'data' | 'body';
      readonly code: number;
      readonly text: string;
    })
  /** The connection ends: at `data` after 354, at `body` after the final dot with nothing stored, at `stored` with the message stored and 250 not said. */
  | (Common & { readonly kind: 'smtp-drop'; readonly at: SmtpStage })
  /** An answer comes late. */
  | (Common & { readonly kind: 'smtp-slow'; readonly at: SmtpStage; readonly milliseconds: number })
  | (Common & { readonly kind: 'imap-auth-refused' })
  /** The connection ends in the middle of the bytes of a FETCH answer. */
  | (Common & { readonly kind: 'imap-drop' })
  /** A command is answered late. */
  | (Common & { readonly kind: 'imap-slow'; readonly milliseconds: number })
  /** The account takes no message. */
  | (Common & { readonly kind: 'mailbox-full' })
  /** A message is appended twice. */
  | (Common & { readonly kind: 'duplicate' });

export type MailFaultKind = MailFault['kind'];

/** A fault in force. */
export type ActiveFault<F> = F & { readonly id: number; readonly remaining: number };

/** What the servers ask before each step; {@link Faults} answers. */
export interface MailFaults {
  /** The first fault in force that fits, used up by one; `undefined` when there is none. */
  take<K extends MailFaultKind>(kind: K, where?: { account?: string; at?: string }): Extract<MailFault, { kind: K }> | undefined;
}

/**
 * Faults in force, counted. One-shot by default.
 *
 * @example
 * const faults = new Faults();
 * faults.set({ kind: 'smtp-drop', at: 'stored' }); // the next message is taken, and the client does not learn it
 *
 * Further kinds are a type parameter: `new Faults<MailFault | ProviderFault>()` serves the mail servers too.
 */
export class Faults<F extends { kind: string; account?: string; count?: number } = MailFault> {
  #active: { id: number; fault: F; remaining: number }[] = [];
  #lastId = 0;

  /** Puts a fault in force and returns its number. Throws RangeError when `count` is not a positive integer. */
  set(fault: F): number {
    const remaining = fault.count ?? 1;
    if (!Number.isSafeInteger(remaining) || remaining < 1) throw new RangeError('count must be a positive integer');
    this.#active.push({ id: ++this.#lastId, fault, remaining });
    return this.#lastId;
  }

  /**
   * The oldest fault of this kind that fits, used up by one. A fault that names an account strikes that account only; `at` must be
   * equal where it is given.
   */
  take<K extends F['kind']>(kind: K, where: { account?: string; at?: string } = {}): Extract<F, { kind: K }> | undefined {
    const index = this.#active.findIndex(
      ({ fault }) =>
        fault.kind === kind &&
        (fault.account === undefined || fault.account === where.account) &&
        (where.at === undefined || (fault as { at?: string }).at === where.at),
    );
    const found = this.#active[index];
    if (!found) return undefined;
    found.remaining -= 1;
    if (found.remaining === 0) this.#active.splice(index, 1);
    return found.fault as Extract<F, { kind: K }>;
  }

  active(): ActiveFault<F>[] {
    return this.#active.map(({ id, fault, remaining }) => ({ ...fault, id, remaining }));
  }

  /** One by its number, or all. */
  clear(id?: number): void {
    this.#active = id === undefined ? [] : this.#active.filter((entry) => entry.id !== id);
  }
}

/** What each kind does, for the sandbox's page. A UIDVALIDITY bump is not in force but done: `MailStore.bumpUidValidity`. */
export const MAIL_FAULTS: { readonly [K in MailFaultKind]: { readonly parameters: readonly string[]; readonly description: Words } } = {
  'smtp-auth-refused': {
    parameters: [],
    description: { it: "L'autenticazione SMTP è rifiutata (535).", en: 'SMTP authentication is refused (535).' },
  },
  'smtp-refuse': {
    parameters: ['at', 'code', 'text'],
    description: {
      it: 'Il server SMTP risponde con un errore 4xx o 5xx al passo indicato (mail, rcpt, data, body).',
      en: 'The SMTP server answers with a 4xx or 5xx error at the given step (mail, rcpt, data, body).',
    },
  },
  'smtp-drop': {
    parameters: ['at'],
    description: {
      it: 'La connessione SMTP cade al passo indicato: connect, mail, rcpt, data (dopo 354), body (dopo il punto finale, nulla è preso in carico), stored (il messaggio è preso in carico ma il 250 non arriva).',
      en: 'The SMTP connection breaks at the given step: connect, mail, rcpt, data (after 354), body (after the final dot, nothing taken), stored (the message is taken but 250 never arrives).',
    },
  },
  'smtp-slow': {
    parameters: ['at', 'milliseconds'],
    description: { it: 'La risposta SMTP al passo indicato arriva in ritardo.', en: 'The SMTP answer at the given step comes late.' },
  },
  'imap-auth-refused': {
    parameters: [],
    description: { it: "L'accesso IMAP è rifiutato.", en: 'IMAP login is refused.' },
  },
  'imap-drop': {
    parameters: [],
    description: {
      it: 'La connessione IMAP cade nel mezzo di un messaggio.',
      en: 'The IMAP connection breaks in the middle of a message.',
    },
  },
  'imap-slow': {
    parameters: ['milliseconds'],
    description: { it: 'Un comando IMAP riceve risposta in ritardo.', en: 'An IMAP command is answered late.' },
  },
  'mailbox-full': {
    parameters: [],
    description: {
      it: 'La casella è piena: il messaggio non vi entra e il mittente riceve un errore di consegna.',
      en: 'The mailbox is full: the message does not get in and its sender receives a delivery error.',
    },
  },
  duplicate: {
    parameters: [],
    description: { it: 'Un messaggio arriva due volte in casella.', en: 'A message arrives twice in the mailbox.' },
  },
};

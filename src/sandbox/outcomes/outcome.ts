import type { Text } from '../../platform/http/problem.js';
import type { Flow, Status } from '../../sdi/lifecycle/types.js';

/** What happens to the hand-over of a file over SMTP. */
export type Handover =
  | { readonly kind: 'take' }
  /** Stored, then the connection ends before the 250. */
  | { readonly kind: 'take-and-drop' }
  /** The connection ends after the final dot and nothing is stored. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'refuse'; readonly code: number; readonly text: string; readonly times: number }
  /** The 250 comes late, by the real clock. */
  | { readonly kind: 'slow'; readonly milliseconds: number };

/** What the two PEC providers do with a message that was taken. */
export type TransportAct =
  | 'accettazione'
  | 'non-accettazione'
  | 'non-accettazione-virus'
  /** The envelope reaches the recipient, without a receipt. */
  | 'arrival'
  /** The receipt for an arrival. */
  | 'avvenuta-consegna'
  | 'preavviso-errore-consegna'
  | 'errore-consegna';

export interface TransportStep {
  readonly act: TransportAct;
  /** Milliseconds of the sandbox's clock after the hand-over. */
  readonly after: number;
}

/** What SdI says of a file. NE and DT of a lot are said of each document that asks for them. */
export interface SdiAnswer {
  readonly code: 'NS' | 'RC' | 'MC' | 'NE' | 'DT' | 'AT';
  /** Milliseconds of the sandbox's clock after the file's arrival. */
  readonly after: number;
  readonly esito?: 'EC01' | 'EC02';
}

/**
 * One row of the table of endings. `handover` and `transport` strike a file's first hand-over only (a refusal as often as it says): sent again, the file
 * travels as if its number had no ending, so that what a person does about a failure succeeds. `answers` holds whenever the file reaches SdI.
 */
export interface Outcome {
  /** The ending of the invoice's number; empty for a number without any. */
  readonly ending: string;
  readonly flow: Flow | 'both';
  readonly handover: Handover;
  readonly transport: readonly TransportStep[];
  readonly answers: readonly SdiAnswer[];
  /** Each message enters the inbox twice. */
  readonly twice?: true;
  /** Nothing will ever be heard of the first hand-over: the service sends the file again by itself when the mailbox has been silent long enough. */
  readonly resent?: true;
  /** A forged rejection comes along. */
  readonly forged?: true;
  /** The statuses that the invoice goes through, in order. One that lasts an instant may be skipped when messages overtake each other. */
  readonly statuses: readonly Status[];
  /** The last of them. */
  readonly final: Status;
  /** How far the sandbox's clock must be advanced until `final` is reached, as `POST /v1/sandbox/clock` reads it. */
  readonly advance?: string;
  readonly description: Text;
}

/** What is done on a thread of its own: no database, no framework, nothing but the file. */
import type { CheckContext } from '../../fatturapa/checks/types.js';
import { type PlainValidation, plainValidation, validateFile } from '../../fatturapa/validate/index.js';
import { movable, Moved } from '../../platform/workers/transfer.js';

/** What of an error may be logged: its message may quote the file. */
export const faultName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

export interface ValidationTask {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Without functions, which cannot cross. */
  readonly context: Omit<CheckContext, 'onFault'>;
}

export interface ValidationAnswer {
  readonly validation: Omit<PlainValidation, 'content'>;
  /** What was signed; the octets of plain XML stay where they came from. */
  readonly unwrapped?: Uint8Array<ArrayBuffer>;
  /** Checks that threw, for the log. */
  readonly faults: readonly { readonly code: string; readonly fault: string }[];
}

export function validate({ bytes, context }: ValidationTask): Moved<ValidationAnswer> {
  const faults: { code: string; fault: string }[] = [];
  const onFault = (code: string, error: unknown): void => void faults.push({ code, fault: faultName(error) });
  const { content, ...validation } = plainValidation(validateFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { ...context, onFault }));
  const unwrapped = content && validation.extension === 'xml.p7m' ? movable(content) : undefined;
  return new Moved({ validation, ...(unwrapped && { unwrapped }), faults }, unwrapped ? [unwrapped.buffer] : []);
}

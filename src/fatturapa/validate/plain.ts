import { type DocumentKey, documentKeys } from '../checks/header/document-keys.js';
import type { Validation } from './types.js';

/** A validation without the document: what can be handed to another thread. */
export interface PlainValidation extends Omit<Validation, 'document'> {
  /** What SdI compares to find a document that was sent before (00404). */
  readonly documentKeys: readonly DocumentKey[];
}

export function plainValidation({ document, ...rest }: Validation): PlainValidation {
  return { ...rest, documentKeys: document ? documentKeys(document) : [] };
}

import { TIPO_DOCUMENTO, TIPO_DOCUMENTO_FSM10 } from '../../../../src/fatturapa/schema/codes/document.js';
import type { Text } from '../../api/types.js';

const ENTRIES = [...TIPO_DOCUMENTO.entries, ...TIPO_DOCUMENTO_FSM10.entries].sort((a, b) => a.code.localeCompare(b.code));

export const DOCUMENT_TYPES: readonly { readonly code: string; readonly label: Text }[] = ENTRIES;

/** What a TipoDocumento means; undefined for one that no format knows. */
export function documentType(code: string): Text | undefined {
  return ENTRIES.find((entry) => entry.code === code)?.label;
}

import type { FormatoTrasmissione } from '../types.js';
import { ORDINARY } from './ordinary.js';
import { SIMPLIFIED } from './simplified.js';
import type { SchemaTable } from './types.js';

export { CODE_TABLES, type CodeTableName, FREE_TEXT_CODES } from './code-tables.js';
export { ORDINARY } from './ordinary.js';
export { ORDINARY_TYPES, SIMPLIFIED_TYPES, type SimpleTypeName, type SimpleTypes } from './simple-types.js';
export { SIMPLIFIED } from './simplified.js';
export type * from './types.js';

/** The description of the documents of a format. */
export const schemaOf = (formato: FormatoTrasmissione): SchemaTable => (formato === 'FSM10' ? SIMPLIFIED : ORDINARY);

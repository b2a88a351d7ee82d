export { fromJson, type JsonReading } from './from-json.js';
export { JsonNumber } from './json-number.js';
export { type JsonParsing, parseJson } from './parse-json.js';
export { pointerOf } from './pointer.js';
export { toJson, type JsonDocument, type JsonValue } from './to-json.js';
export { INVOICE_SCHEMA, type JsonSchema, jsonSchema, openApiSchemas } from './schema/index.js';

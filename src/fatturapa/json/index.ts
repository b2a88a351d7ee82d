export { fromJson, type JsonReading } from './from-json.js';
export { pointerOf } from './pointer.js';
export { toJson, type JsonDocument, type JsonValue } from './to-json.js';

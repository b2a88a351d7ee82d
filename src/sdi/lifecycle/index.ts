export { EVENT_CASES, type EventCase, caseOf, isSdiEvent, rankOf } from './cases.js';
export { eventTitle, isManualAct } from './event-titles.js';
export { explain, type Explanation } from './explain.js';
export { foldLifecycle } from './fold.js';
export { ATTENTION_STATUSES, FINAL_STATUSES, flowOf, STATUSES_OF, TRANSITIONS } from './transitions.js';
export type { Text } from './texts.js';
export * from './types.js';

export { CHECKS } from './all-checks.js';
export { type RuleVersion, type RuleVersionName, RULE_VERSIONS, ruleVersionAt } from './rule-versions.js';
export { runChecks } from './run.js';
export { checksRunner } from './runner.js';
export type { Check, CheckContext, Lazily, Report } from './types.js';

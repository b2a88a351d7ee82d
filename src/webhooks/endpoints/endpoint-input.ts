import { z } from 'zod';
import { type Finding, invalidBody } from '../../platform/index.js';
import { EVENT_TYPES, TEST_EVENT, unknownEventTypes } from '../payload/event-types.js';
import { unknownEventType } from '../problems.js';
import { readTargetUrl } from '../target/target-url.js';

const description = z
  .string()
  .trim()
  .max(200)
  .regex(/^\P{Cc}*$/u)
  .nullable()
  .optional();
const eventTypes = z
  .array(z.string().max(100))
  .max(100)
  .describe(`Empty: all. Known: ${EVENT_TYPES.join(', ')}`);

export const NewEndpoint = z.object({
  url: z.string(),
  companyId: z.uuid().nullable().optional().describe('Absent: every company, or the one that the key is bound to'),
  description,
  eventTypes: eventTypes.default([]),
  enabled: z.boolean().default(true),
});
export type NewEndpoint = z.output<typeof NewEndpoint>;

export const EndpointChange = z.object({
  url: z.string().optional(),
  description,
  eventTypes: eventTypes.optional(),
  enabled: z.boolean().optional(),
  missed: z
    .enum(['deliver', 'skip'])
    .default('deliver')
    .describe('When it is switched on again: what happens to the events of the time in between'),
});
export type EndpointChange = z.output<typeof EndpointChange>;

export const TestEvent = z
  .object({ eventType: z.string().max(100).default(TEST_EVENT).describe(`${TEST_EVENT}, or one of the event types with made-up data`) })
  .optional();
export type TestEvent = z.output<typeof TestEvent>;

/** Checks what a schema cannot, all at once; gives back the URL in its normal form. Throws 422. */
export function checkEndpoint(
  input: { readonly url?: string; readonly eventTypes?: readonly string[] },
  options: { readonly allowPrivate: boolean },
): string | undefined {
  const findings: Finding[] = [];
  const target = input.url === undefined ? undefined : readTargetUrl(input.url, options);
  if (target && !target.ok) findings.push(target.finding);
  const unknown = unknownEventTypes(input.eventTypes ?? []);
  findings.push(...unknown.map((type) => unknownEventType(type, `/eventTypes/${input.eventTypes?.indexOf(type) ?? 0}`)));
  if (findings.length > 0) throw invalidBody(findings);
  return target?.ok ? target.url.href : undefined;
}

/** The type of a test event. Throws 422 for one that does not exist. */
export function testEventType(input: TestEvent): string {
  const type = input?.eventType ?? TEST_EVENT;
  if (type !== TEST_EVENT && unknownEventTypes([type]).length > 0) throw invalidBody([unknownEventType(type, '/eventType')]);
  return type;
}

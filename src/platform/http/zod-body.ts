import type { PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import type { Finding, Problem, Text } from './problem.js';
import { invalidBody, invalidQuery } from './problems.js';

/** What a rule of our own says about itself, given as `params` of `refine`/`superRefine`. */
export interface RuleParams {
  readonly code: string;
  readonly message: Text;
  readonly fix?: Text;
}

const LOCALES = { it: z.locales.it().localeError, en: z.locales.en().localeError };
/** More findings than this help nobody. */
const MOST_FINDINGS = 100;

/**
 * A pipe that lets a JSON body through as the schema's output, or answers 422 `invalid-body` with one finding per issue: JSON pointer (RFC 6901),
 * stable code, message in both languages.
 *
 * @example
 * create(@Body(zodBody(NewCompany)) body: z.infer<typeof NewCompany>) { … }
 * // a rule of our own:
 * z.string().refine(isPartitaIva, { params: { code: 'partita-iva', message: { it: '…', en: '…' } } satisfies RuleParams })
 */
export function zodBody<Schema extends z.ZodType>(schema: Schema): PipeTransform<unknown, z.output<Schema>> {
  return { transform: (value) => parse(schema, value, invalidBody, jsonPointer, NO_BODY) };
}

/** The same for `@Query()`: 400 `invalid-query`, each finding named by its parameter. */
export function zodQuery<Schema extends z.ZodType>(schema: Schema): PipeTransform<unknown, z.output<Schema>> {
  return { transform: (value) => parse(schema, value ?? {}, invalidQuery, (path) => path.map(String).join('.')) };
}

/** The findings of a failed parse, as {@link zodBody} gives them. */
export function zodFindings(error: z.ZodError, pathOf: (path: readonly PropertyKey[]) => string = jsonPointer): Finding[] {
  return error.issues.slice(0, MOST_FINDINGS).map((issue) => finding(issue, pathOf));
}

const NO_BODY: Finding = {
  code: 'body-missing',
  severity: 'error',
  path: '',
  message: { it: 'Manca il corpo della richiesta in JSON.', en: 'The request has no JSON body.' },
  fix: { it: 'Inviare un oggetto JSON con Content-Type: application/json.', en: 'Send a JSON object with Content-Type: application/json.' },
};

const NUL_CHARACTER: Finding = {
  code: 'nul-character',
  severity: 'error',
  message: { it: 'Il testo contiene il carattere NUL, che il database non può conservare.', en: 'The text holds the character NUL, which the database cannot keep.' },
  fix: { it: 'Togliere il carattere U+0000.', en: 'Remove the character U+0000.' },
};

/** Where the first NUL stands, in a key or a value. */
function placeOfNul(value: unknown, path: readonly PropertyKey[] = []): readonly PropertyKey[] | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, part] of Object.entries(value)) {
    const place = key.includes('\0') ? path : placeOfNul(part, [...path, key]);
    if (place !== undefined) return place;
  }
  return undefined;
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  problem: (findings: readonly Finding[]) => Problem,
  pathOf: (path: readonly PropertyKey[]) => string,
  missing?: Finding,
): z.output<Schema> {
  const place = placeOfNul(value);
  if (place !== undefined) throw problem([{ ...NUL_CHARACTER, path: pathOf(place) }]);
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw problem(value === undefined && missing !== undefined ? [missing] : zodFindings(result.error, pathOf));
}

function finding(issue: z.core.$ZodIssue, pathOf: (path: readonly PropertyKey[]) => string): Finding {
  const params = issue.code === 'custom' ? (issue.params as Partial<RuleParams> | undefined) : undefined;
  return {
    code: params?.code ?? issue.code.replaceAll('_', '-'),
    severity: 'error',
    path: pathOf(issue.path),
    message: params?.message ?? { it: text(issue, 'it'), en: text(issue, 'en') },
    ...(params?.fix === undefined ? {} : { fix: params.fix }),
  };
}

/** A schema's own message wins over the language's general one; there is only one of it. */
function text(issue: z.core.$ZodIssue, language: 'it' | 'en'): string {
  const localized = (of: 'it' | 'en'): string | undefined => {
    const said = LOCALES[of](issue as unknown as z.core.$ZodRawIssue);
    return typeof said === 'string' ? said : said?.message;
  };
  return issue.message !== localized('en') ? issue.message : (localized(language) ?? issue.message);
}

/** RFC 6901. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

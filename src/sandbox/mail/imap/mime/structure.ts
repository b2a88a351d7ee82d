import { formatNstring, formatString } from '../format.js';
import { formatEnvelope } from './envelope.js';
import { parseParameters, valuesOf } from './headers.js';
import type { Part } from './part.js';

/** BODY or, with `extended`, BODYSTRUCTURE (RFC 3501 §7.4.2), as latin1 text. */
export function formatStructure(part: Part, extended: boolean): string {
  const extension = (first: string): string =>
    extended ? ` ${first} ${disposition(part)} ${list(part, 'content-language')} ${field(part, 'content-location')}` : '';
  if (part.children.length > 0) {
    const children = part.children.map((child) => formatStructure(child, extended)).join('');
    return `(${children} ${formatString(part.subtype)}${extension(formatParameters(part.parameters))})`;
  }
  const items = [
    // A multipart without parts can only be shown as a body of its own.
    formatString(part.type === 'multipart' ? 'application' : part.type),
    formatString(part.type === 'multipart' ? 'octet-stream' : part.subtype),
    formatParameters(part.parameters),
    field(part, 'content-id'),
    field(part, 'content-description'),
    formatString(part.encoding),
    String(part.end - part.body),
  ];
  if (part.message) items.push(formatEnvelope(part.message.fields), formatStructure(part.message, extended), lines(part));
  else if (part.type === 'text') items.push(lines(part));
  return `(${items.join(' ')}${extension(field(part, 'content-md5'))})`;
}

const field = (part: Part, name: string): string => formatNstring(valuesOf(part.fields, name)[0]);

function list(part: Part, name: string): string {
  const items = valuesOf(part.fields, name).flatMap((value) => value.split(',').map((item) => item.trim()));
  return items.length === 0 ? 'NIL' : items.length === 1 ? formatString(items[0] ?? '') : `(${items.map(formatString).join(' ')})`;
}

function disposition(part: Part): string {
  const value = valuesOf(part.fields, 'content-disposition')[0];
  if (value === undefined) return 'NIL';
  const { token, parameters } = parseParameters(value);
  return `(${formatString(token)} ${formatParameters(parameters)})`;
}

function formatParameters(parameters: Part['parameters']): string {
  if (parameters.length === 0) return 'NIL';
  return `(${parameters.map(({ name, value }) => `${formatString(name)} ${formatString(value)}`).join(' ')})`;
}

function lines(part: Part): string {
  let count = 0;
  for (let at = part.raw.indexOf(0x0a, part.body); at >= 0 && at < part.end; at = part.raw.indexOf(0x0a, at + 1)) count += 1;
  return String(count);
}

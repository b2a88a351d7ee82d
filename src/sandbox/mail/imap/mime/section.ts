import { selectFields } from './headers.js';
import { parseMessage, type Part } from './part.js';
import { headerSize } from '../../store/header-size.js';

/** What stands between the brackets of `BODY[...]` (RFC 3501 §6.4.5). */
export interface Section {
  /** Part numbers, none for the message itself. */
  readonly part: readonly number[];
  readonly text?: 'HEADER' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT' | 'TEXT' | 'MIME';
  /** Of HEADER.FIELDS and HEADER.FIELDS.NOT. */
  readonly fields: readonly string[];
}

/** Whether the message's header is enough to answer. */
export function needsHeaderOnly(section: Section): boolean {
  return section.part.length === 0 && section.text !== undefined && section.text.startsWith('HEADER');
}

/** The section's octets, or `undefined` when the message has no such part. */
export function sectionOf(raw: Buffer, section: Section, structure: () => Part = () => parseMessage(raw)): Buffer | undefined {
  if (section.part.length === 0) return textOf(raw, section);
  const part = findPart(structure(), section.part);
  if (!part) return undefined;
  if (section.text === 'MIME') return raw.subarray(part.start, part.body);
  if (section.text === undefined) return raw.subarray(part.body, part.end);
  // HEADER and TEXT of a part are those of the message within it.
  return part.message && textOf(raw.subarray(part.message.start, part.message.end), section);
}

function textOf(message: Buffer, section: Section): Buffer {
  const body = section.text === undefined ? 0 : headerSize(message);
  switch (section.text) {
    case 'HEADER.FIELDS':
    case 'HEADER.FIELDS.NOT':
      return selectFields(message.subarray(0, body), section.fields, section.text === 'HEADER.FIELDS');
    case 'HEADER':
    case 'MIME':
      return message.subarray(0, body);
    default:
      return message.subarray(body);
  }
}

/** Part 1 of a message without parts is its body; a number behind a message/rfc822 goes into that message. */
function findPart(message: Part, numbers: readonly number[]): Part | undefined {
  let part: Part = message;
  for (const [depth, number] of numbers.entries()) {
    const within: Part | undefined = depth > 0 && part.message ? part.message : part;
    const next: Part | undefined =
      within.children[number - 1] ??
      (within.children.length === 0 && number === 1 && (depth === 0 || within !== part) ? within : undefined);
    if (!next) return undefined;
    part = next;
  }
  return part;
}

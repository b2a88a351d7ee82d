import type { SimpleType, Text } from '../schema/types.js';
import type { Fault } from './finding-list.js';
import { type Element, xpathOf } from './model.js';
import { fault } from './structure-findings.js';
import { REPAIRS } from './value-repairs.js';
import { REASONS } from './value-reasons.js';

/** A value that is not of its type, wherever it stands. */
export interface WrongValue {
  readonly path: string;
  /** What holds it, with its article: `l’elemento Natura`. */
  readonly what: Text;
  readonly text: string;
  /** With white space treated as the type has it. */
  readonly value: string;
  /** What holds it may be left out. */
  readonly optional: boolean;
}

export function valueFinding(node: Element, type: SimpleType): Fault {
  const { name, min } = node.def;
  return explainValue({ path: xpathOf(node), what: { it: `l’elemento ${name}`, en: `the element ${name}` }, text: node.text, value: node.value, optional: min === 0 }, type);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is wrong with a value, and the right value where there is exactly one. */
export function explainValue(wrong: WrongValue, type: SimpleType): Fault {
  const { path, what, value, optional } = wrong;
  const expected = type.expected;
  if (value === '' && wrong.text.trim() === '') {
    return fault(
      path,
      { it: `${capital(what.it)} è vuoto.`, en: `${capital(what.en)} is empty.` },
      optional ? { it: `Toglierlo, oppure indicare il valore: ${expected.it}.`, en: `Remove it, or give the value: ${expected.en}.` } : { it: `Indicare il valore: ${expected.it}.`, en: `Give the value: ${expected.en}.` },
      { value, ...(optional && { patch: [{ op: 'remove', path }] }) },
    );
  }
  const head = { it: `Il valore "${excerpt(value)}" non è ammesso per ${what.it}`, en: `The value "${excerpt(value)}" is not allowed for ${what.en}` };
  for (const repair of REPAIRS) {
    const repaired = repair.mend(wrong.text, type);
    if (repaired === undefined || repaired === wrong.text || !type.accepts(type.normalize(repaired))) continue;
    const why = repair.why(wrong.text);
    return fault(path, { it: `${head.it}: ${why.it}.`, en: `${head.en}: ${why.en}.` }, repair.how?.(wrong.text) ?? { it: `Scrivere "${excerpt(repaired)}".`, en: `Write "${excerpt(repaired)}".` }, { value, patch: [{ op: 'replace', path, value: repaired }] });
  }
  for (const reason of REASONS) {
    const found = reason(value, type);
    if (found) return fault(path, { it: `${head.it}: ${found.message.it}.`, en: `${head.en}: ${found.message.en}.` }, { it: `${found.fix?.it ?? `Serve ${expected.it}`}.`, en: `${found.fix?.en ?? `It must be ${expected.en}`}.` }, { value });
  }
  return fault(path, { it: `${head.it}.`, en: `${head.en}.` }, { it: `Serve ${expected.it}.`, en: `It must be ${expected.en}.` }, { value });
}

const EXCERPT = 40;

function excerpt(value: string): string {
  const characters = [...value.slice(0, 2 * EXCERPT + 2)];
  return characters.length > EXCERPT ? `${characters.slice(0, EXCERPT).join('')}…` : value;
}

import type { SimpleType, Text } from '../schema/types.js';
import type { Fault } from './fault.js';
import { type Element, xpathOf } from './model.js';
import { fault } from './structure-findings.js';
import { REPAIRS } from './value-repairs.js';
import { type Reason, REASONS } from './value-reasons.js';

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
  readonly advice?: Text | undefined;
}

/** What else to know of a wrong value in one element. */
const ADVICE: Readonly<Record<string, Text>> = {
  CAP: { it: 'Per un indirizzo estero scrivere 00000.', en: 'For an address abroad write 00000.' },
  Provincia: { it: 'Per un indirizzo estero togliere Provincia.', en: 'For an address abroad remove Provincia.' },
};

/** A patch this long helps nobody who reads it, and is quicker made from the file itself. */
const MAX_PATCH = 10_000;

export function valueFinding(node: Element, type: SimpleType): Fault {
  const { name, min } = node.def;
  return explainValue({ path: xpathOf(node), what: { it: `l’elemento ${name}`, en: `the element ${name}` }, text: node.text, value: node.value, optional: min === 0, advice: ADVICE[name] }, type);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The longest value of the schema has 1,000 characters: what is four times as long is no slip of the pen. Attachments are as long as they are. */
const MAX_REPAIRED = 4_000;

/** A code that the schema still has and SdI refuses is no right value. */
const isOfOld = ({ codes }: SimpleType, code: string): boolean => codes?.get(code)?.until !== undefined;

/** What is wrong with a value, and the right value where there is exactly one. */
export function explainValue(wrong: WrongValue, type: SimpleType): Fault {
  const { path, what, value, optional, advice } = wrong;
  const { expected } = type;
  if (value === '' && wrong.text.trim() === '') {
    return fault(
      path,
      { it: `${capital(what.it)} è vuoto.`, en: `${capital(what.en)} is empty.` },
      optional ? { it: `Toglierlo, oppure indicare il valore: ${expected.it}.`, en: `Remove it, or give the value: ${expected.en}.` } : { it: `Indicare il valore: ${expected.it}.`, en: `Give the value: ${expected.en}.` },
      { value },
    );
  }
  const head = { it: `Il valore "${excerpt(value)}" non è ammesso per ${what.it}`, en: `The value "${excerpt(value)}" is not allowed for ${what.en}` };
  for (const repair of wrong.text.length <= MAX_REPAIRED || type.base === 'base64Binary' ? REPAIRS : []) {
    const repaired = repair.mend(wrong.text, type);
    if (repaired === undefined || repaired === wrong.text || !type.accepts(type.normalize(repaired)) || isOfOld(type, repaired)) continue;
    const why = repair.why(wrong.text);
    const how = repair.how?.(wrong.text) ?? { it: `Scrivere "${excerpt(repaired)}".`, en: `Write "${excerpt(repaired)}".` };
    return fault(path, { it: `${head.it}: ${why.it}.`, en: `${head.en}: ${why.en}.` }, how, { value, ...(repaired.length <= MAX_PATCH && { patch: [{ op: 'replace', path, value: repaired }] }) });
  }
  const found = REASONS.reduce<Reason | undefined>((known, reason) => known ?? reason(value, type), undefined);
  const fix = found?.fix ?? { it: `Serve: ${expected.it}`, en: `It must be: ${expected.en}` };
  return fault(
    path,
    found ? { it: `${head.it}: ${found.message.it}.`, en: `${head.en}: ${found.message.en}.` } : { it: `${head.it}.`, en: `${head.en}.` },
    { it: `${fix.it}.${advice ? ` ${advice.it}` : ''}`, en: `${fix.en}.${advice ? ` ${advice.en}` : ''}` },
    { value },
  );
}

const EXCERPT = 40;

function excerpt(value: string): string {
  const characters = [...value.slice(0, 2 * EXCERPT + 2)];
  return characters.length > EXCERPT ? `${characters.slice(0, EXCERPT).join('')}…` : value;
}

import type { SimpleType } from '../../src/fatturapa/schema/index.js';
import type { Random } from './random.js';

/** Values of a type and around it: at its limits, just beyond, and of other kinds. Raw text: `&` and `<` are written as references by the caller. */

const CHARACTERS = ['a', 'Z', '0', ' ', '-', '\u007e', '\u007f', '\u0080', '\u00a0', '\u00e0', '\u00ff', '\u0100', '\u0152', '\u2019', '\u20ac', '\u{1f600}', '\t', '\n', '\ufffd', '\u200b', '&', '<', '>', '"', "'", ']]', '%', '\\', '_'];
const DATES = ['2026-01-31', '2024-02-29', '2026-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-01-00', '2026-04-31', '1970-01-01', '1969-12-31', '0001-01-01', '0000-01-01', '-0001-01-01', '10000-01-01', '12026-02-28', '02026-01-01', '999-01-01', '2026-1-1', '31/01/2026', '2026/01/31', '20260131', '2026-01-31Z', '2026-01-31+02:00', '2026-01-31-14:00', '2026-01-31+14:01', '2026-01-31+24:00', '2026-01-31z', '2026-01-31T00:00:00', ' 2026-01-31', '2026-01-31 ', '\n2026-01-31\n', '+2026-01-31', '2026-01-31+2:00', '1900-02-29', '2000-02-29', '1970-01-01Z', '1970-01-01+01:00', '1970-01-01-01:00', '1969-12-31-14:00', '2026-01-31+00:00', '2026-01-31-00:00'];
const TIMES = ['2026-01-31T10:00:00', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00+01:00', '2026-01-31T10:00:00.123', '2026-01-31T10:00:00.', '2026-01-31T24:00:00', '2026-01-31T24:00:01', '2026-01-31T24:00:00.0', '2026-01-31T23:59:60', '2026-01-31T23:59:59.999999999', '2026-01-31T25:00:00', '2026-01-31T10:60:00', '2026-01-31T10:00', '2026-01-31', '2026-01-31 10:00:00', '2026-01-31t10:00:00', '2026-02-30T10:00:00', ' 2026-01-31T10:00:00 ', '2026-01-31T1:00:00', '2026-01-31T10:00:00+14:00', '2026-01-31T10:00:00+15:00', '-2026-01-31T10:00:00', '0000-01-31T10:00:00', '12026-01-31T10:00:00', '2026-01-31T10:00:00-13:59', '2026-01-31T10:00:0', '2026-01-31T00:00:00', '2026-01-31T10:00:00.0000000000000000000001'];
const NUMBERS = ['0', '1', '7', '-1', '+1', '0.00', '1.00', '-0.00', '-1.00', '+1.00', '1.0', '1.000', '1.', '.50', '.', '', '-', '1,00', '1.234,56', '1.234.56', '00000000001.00', '000000000001.00', '99999999999.99', '100000000000.00', '99999999999.99999999', '0.123456789', '0.12345678', '100.00', '100.01', '99.99', '101.00', '999.99', '1000.00', '1e2', 'NaN', 'INF', '0x1', ' 1.00 ', '\n1.00\t', '1. 00', '1.00\u00a0', '\u0661.00', '\uff11.00', '1.00EUR', '9999', '10000', '999', '1000', '0001', '00', '-0', '+0', '123456789012.12345678', '999999999999.99', '1234567890123.00', '9999.9', '9999.99', '99999.9', '12345678901234567890123456789', '0000000000000000000000000000001', '1 000.00'];
const BASE64 = ['', 'A', 'AA', 'AAA', 'AAAA', 'AA==', 'AAA=', 'AAAAA', 'AB==', 'AAB=', 'A===', '====', '=', 'AA=A', 'AAAA=', 'AAAA====', 'A A A A', ' AAAA ', '\nAAAA\nAAAA\n', 'AA\n==', 'AA= =', 'AA==\n', 'AA==AAAA', 'A-_A', '+/+/', 'AAA\u00e0', 'AA  AA', '\tAAAA', 'AAAA ', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYh==', 'Zm9vYmF=', 'AA== ==', '\n'];
const MAILS = ['a@b.it', 'a@b', 'a@b.', 'a@.b', '@b.it', 'a@', 'a.b@c.it', 'a..b@c.it', '.a@c.it', 'a.@c.it', 'a b@c.it', '"a"@c.it', '"a b"@c.it', '"[]!#-#"@c.it', '"[]!##"@c.it', '"[]!#-~"@c.it', '"\\a"@c.it', 'a@[1.2.3.4]', 'a@[]', 'a@[ ]', 'a@b@c.it', 'a@b..it', ' a@b.it ', 'a\u00e0@b.it', 'a@b\u20ac.it', 'a/b=c@d.it', 'a:b@c.it', 'a(b)@c.it', 'a,b@c.it', 'a@b.it\n', `${'a'.repeat(250)}@b.it`, `${'a'.repeat(251)}@b.it`, `${'a'.repeat(252)}@b.it`, 'a@b_c.it', 'a@-b.it', "o'x@b.it", 'a{b}|c~d@e.it', 'a@bb.it', 'aa@b.it', 'abc@d..e', 'a\nb@c.it', 'a@b.i\rt'];
const CODES = ['IT', 'it', 'I', 'ITA', 'I1', '12345', '1234', '123456', '1234A', '\u0661\u0662345', 'IT60X0542811101000000123456', 'it60x0542811101000000123456', 'IT60X', 'IT60X05428111010', 'IT60X0542811101000000123456789012', 'BPPIITRRXXX', 'BPPIITRR', 'BPPIITR1', 'BPPIITRO', 'BPPIITRRXX', 'bppiitrr', 'RSSMRA80A01H501U', 'RSSMRA80A01H501', 'RSSMRA80A01H501UX', 'rssmra80a01h501u', '12345678901', '1234567890', 'ABC1234', 'ABC123', 'ABC12', 'ABCD12345', 'abc1234', 'EUR', 'EU', 'EURO', 'eur', 'SI', 'NO', 'si', 'S', ' SI', 'SI ', 'TD01', 'TD28', 'TD29', 'TD30', 'TD07', 'td01', 'N1', 'N2', 'N2.1', 'N3.6', 'N6.9', 'N7', 'n1', 'RF01', 'RF03', 'RF19', 'RF20', 'RF21', 'MP01', 'MP23', 'MP24', 'TP01', 'TP04', 'RT01', 'RT06', 'RT07', 'TC01', 'TC22', 'TC23', 'FPA12', 'FPR12', 'FSM10', 'FPR13', 'SDI11', 'CC', 'TZ', 'SU', 'SM', 'LS', 'LN', 'SC', 'MG', 'PR', 'AB', 'AC', 'I', 'D', 'A', 'Z', 'ZO', 'L1', 'M2', 'Q', 'F'];

/** A text of so many characters, each of an alphabet. */
function textOf(random: Random, length: number, alphabet: readonly string[]): string {
  let text = '';
  for (let i = 0; i < length; i += 1) text += random.pick(alphabet);
  return text;
}

const PLAIN = [...'abcdefgXYZ 0123456789.,-/()&'];

/** Anything: of the type, around its limits, or of another. */
export function anyValue(random: Random, type: SimpleType | undefined): string {
  if (!type || random.chance(0.1)) return random.pick([NUMBERS, DATES, TIMES, BASE64, MAILS, CODES, CHARACTERS][random.below(7)] ?? CODES);
  if (type.codes && random.chance(0.7)) {
    const { code } = random.pick(type.codes.entries);
    return random.pick([code, code, code, code.toLowerCase(), ` ${code}`, `${code}\n`, code.slice(1), `${code}1`, '']);
  }
  switch (type.base) {
    case 'date':
      return random.pick(DATES);
    case 'dateTime':
      return random.pick(TIMES);
    case 'decimal':
    case 'integer':
      return random.chance(0.2) ? `${random.below(20000)}${random.pick(['', '.', '.0', '.00', '.000', '.12345678', '.123456789'])}` : random.pick(NUMBERS);
    case 'base64Binary':
      return random.pick(BASE64);
    case 'string':
      return anyText(random, type);
  }
}

function anyText(random: Random, type: SimpleType): string {
  if (type.pattern?.includes('@') && random.chance(0.7)) return random.pick(MAILS);
  if (!type.pattern?.includes('Is') && type.minLength === undefined && random.chance(0.5)) return random.pick(CODES);
  const limit = random.pick([type.minLength ?? 1, type.maxLength ?? 20]);
  const length = Math.max(0, limit + random.pick([-1, 0, 0, 0, 1]));
  if (length > 2000) return 'x';
  const body = textOf(random, length, PLAIN);
  if (random.chance(0.5)) return body;
  if (random.chance(0.2)) return random.pick(CODES);
  // One character is exchanged, so that the length stays at the limit.
  const at = random.below(Math.max(1, body.length));
  return body.slice(0, at) + random.pick(CHARACTERS) + body.slice(at + 1);
}

/** A value of the type, at one of its limits where it has any. Undefined when none was found. */
export function rightValue(random: Random, type: SimpleType): string | undefined {
  for (let tries = 0; tries < 60; tries += 1) {
    const value = anyValue(random, type);
    if (type.accepts(type.normalize(value))) return value;
  }
  return undefined;
}

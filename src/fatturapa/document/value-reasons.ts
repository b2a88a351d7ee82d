import { nearest } from '../near.js';
import type { SimpleType, Text } from '../schema/types.js';
import { charactersBeyond, describeCharacters } from './charset.js';
import { mostDecimals, plainNumber, type Readings, readings } from './value-repairs-numbers.js';

/** Neither text ends in a full stop. */
export interface Reason {
  readonly message: Text;
  readonly fix?: Text;
}

const BASIC_LATIN = 0x7f;
const LATIN_1 = 0xff;

/** The last character that the type's pattern admits, where it is one of the schema's character sets. */
function lastCharacter(type: SimpleType): number | undefined {
  if (type.pattern?.includes('\\p{IsLatin-1Supplement}')) return LATIN_1;
  return type.pattern?.includes('\\p{IsBasicLatin}') ? BASIC_LATIN : undefined;
}

function code(value: string, type: SimpleType): Reason | undefined {
  const { codes } = type;
  if (!codes) return undefined;
  // Codes that the schema still has and SdI refuses are no advice.
  const inForce = codes.entries.filter((entry) => entry.inSchema && entry.until === undefined).map((entry) => entry.code);
  const choose = inForce.length <= LISTED_CODES ? { it: `I codici ammessi sono ${inForce.join(', ')}`, en: `The codes allowed are ${inForce.join(', ')}` } : { it: `Serve: ${type.expected.it}`, en: `It must be: ${type.expected.en}` };
  const old = codes.get(value);
  if (old) return { message: { it: `il codice (${old.label.it}) non è più ammesso`, en: `the code (${old.label.en}) is no longer allowed` }, fix: choose };
  const close = inForce.filter((one) => one.length === value.length && differences(one, value) === 1);
  const near = close.length > 1 ? undefined : (close[0] ?? onlyNearest(value, inForce));
  const meant = near === undefined ? undefined : codes.get(near);
  return {
    message: { it: 'il codice non esiste', en: 'there is no such code' },
    fix: meant ? { it: `Forse ${meant.code} (${meant.label.it})? ${choose.it}`, en: `Perhaps ${meant.code} (${meant.label.en})? ${choose.en}` } : choose,
  };
}

const LISTED_CODES = 40;

/** The nearest code, where no other is as near. */
function onlyNearest(value: string, known: readonly string[]): string | undefined {
  const first = nearest(value, known);
  return first === nearest(value, known.toReversed()) ? first : undefined;
}

/** How many characters differ, place by place. */
function differences(a: string, b: string): number {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) count += 1;
  return count;
}

function characters(value: string, type: SimpleType): Reason | undefined {
  const last = lastCharacter(type);
  const beyond = last === undefined ? [] : charactersBeyond(value, last);
  if (beyond.length === 0) return undefined;
  const names = describeCharacters(beyond);
  const plain = beyond.flatMap((one) => (withoutAccent(one) === one ? [] : [`${one} > ${withoutAccent(one)}`]));
  const instead = plain.length > 0 ? ` (${plain.slice(0, 5).join(', ')})` : '';
  return {
    message: { it: `contiene ${names.it}, che il tracciato non ammette qui`, en: `it holds ${names.en}, which the format does not allow here` },
    fix:
      last === BASIC_LATIN
        ? { it: `Qui si usano solo lettere senza accento, cifre e segni di uso comune: sostituire o togliere questi caratteri${instead}`, en: `Only letters without accents, digits and common signs are used here: replace or remove these characters${instead}` }
        : { it: `Sostituire o togliere questi caratteri${instead}`, en: `Replace or remove these characters${instead}` },
  };
}

/** `à` to `a`. */
const withoutAccent = (character: string): string => character.normalize('NFD').replace(/\p{M}/gu, '');

/** Code points, without a list of them: a value may have megabytes. */
function countCharacters(value: string): number {
  let count = 0;
  for (let index = 0; index < value.length; index++) if ((value.charCodeAt(index) & 0xfc00) !== 0xdc00) count++;
  return count;
}

function length(value: string, type: SimpleType): Reason | undefined {
  const { minLength = 0, maxLength = Infinity } = type;
  const has = countCharacters(value);
  const characters = (n: number): Text => ({ it: n === 1 ? '1 carattere' : `${n} caratteri`, en: n === 1 ? '1 character' : `${n} characters` });
  if (has > maxLength) {
    const over = characters(has - maxLength);
    return {
      message: { it: `ha ${characters(has).it}, il massimo è ${maxLength}`, en: `it has ${characters(has).en}, the most is ${maxLength}` },
      // A code is not mended by making it shorter.
      ...((lastCharacter(type) !== undefined || type.pattern === undefined) && { fix: { it: `Accorciarlo di ${over.it}`, en: `Make it shorter by ${over.en}` } }),
    };
  }
  if (has < minLength) {
    return { message: { it: `ha ${characters(has).it}, il minimo è ${minLength}`, en: `it has ${characters(has).en}, the least is ${minLength}` } };
  }
  return undefined;
}

function number(value: string, type: SimpleType): Reason | undefined {
  if (type.base !== 'decimal' && type.base !== 'integer') return undefined;
  const either = readings(value, type);
  if (either) return inTwoWays(value, either);
  const plain = plainNumber(value, type);
  if (plain === undefined) return { message: { it: 'non è un numero', en: 'it is no number' } };
  const most = mostDecimals(type);
  const decimals = plain.split('.')[1]?.length ?? 0;
  if (plain.startsWith('-') && !type.pattern?.includes('-]')) return negative(plain.slice(1), type);
  if (most !== undefined && decimals > most) {
    return {
      message: { it: `ha ${decimals} decimali, il massimo è ${most}`, en: `it has ${decimals} decimals, the most is ${most}` },
      fix: { it: `Arrotondarlo a ${most} decimali`, en: `Round it to ${most} decimals` },
    };
  }
  const { minValue: from, maxValue: to } = type;
  if (from !== undefined && to !== undefined) return { message: { it: `deve essere tra ${from} e ${to}`, en: `it must be between ${from} and ${to}` } };
  if (to !== undefined) return { message: { it: `può essere al massimo ${to}`, en: `it may be ${to} at most` } };
  return undefined;
}

/** Names every reading, and leaves the choice to the one who knows the amount. */
function inTwoWays(value: string, { sign, thousands, decimals, rounded }: Readings): Reason {
  const called = sign === '.' ? { it: 'il punto', en: 'the dot' } : { it: 'la virgola', en: 'the comma' };
  const round = rounded === undefined ? { it: '', en: '' } : { it: ` (arrotondato a ${rounded} decimali)`, en: ` (rounded to ${rounded} decimals)` };
  const it = [thousands !== undefined && `se ${called.it} separa le migliaia scrivere ${thousands}`, decimals !== undefined && `se ${called.it} separa i decimali scrivere ${decimals}${round.it}`];
  const en = [thousands !== undefined && `if ${called.en} divides thousands write ${thousands}`, decimals !== undefined && `if ${called.en} divides decimals write ${decimals}${round.en}`];
  const said = (parts: readonly (string | false)[]): string => `${value.trim()}: ${parts.filter(Boolean).join(', ')}`;
  return {
    message: {
      it: `${called.it} prima di tre cifre può separare le migliaia o i decimali; le migliaia non si separano`,
      en: `${called.en} before three digits may divide thousands or decimals; thousands are not divided`,
    },
    ...(it.some(Boolean) && { fix: { it: said(it), en: said(en) } }),
  };
}

/** A line is negative through its prices: in the schema Quantita has no sign. */
function negative(amount: string, { name }: SimpleType): Reason {
  const message = { it: 'non può essere negativo', en: 'it must not be negative' };
  if (name !== 'QuantitaType') return { message };
  const positive = amount.includes('.') ? amount : `${amount}.00`;
  return {
    message,
    fix: {
      it: `Scrivere ${positive} in Quantita e mettere il segno meno in PrezzoUnitario e in PrezzoTotale`,
      en: `Write ${positive} in Quantita, and put the minus sign in PrezzoUnitario and in PrezzoTotale`,
    },
  };
}

function date(value: string, type: SimpleType): Reason | undefined {
  if (type.base !== 'date' && type.base !== 'dateTime') return undefined;
  const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!day) return { message: type.base === 'date' ? { it: 'non è una data AAAA-MM-GG', en: 'it is no date YYYY-MM-DD' } : { it: 'non è una data con ora AAAA-MM-GGThh:mm:ss', en: 'it is no date with time YYYY-MM-DDThh:mm:ss' } };
  const instant = Date.parse(`${day[0]}T00:00:00Z`);
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(day[0])) return { message: { it: 'questo giorno non esiste nel calendario', en: 'there is no such day in the calendar' } };
  if (type.minValue !== undefined && value < type.minValue) return { message: { it: `è prima del ${type.minValue}`, en: `it is before ${type.minValue}` } };
  return undefined;
}

function base64(value: string, type: SimpleType): Reason | undefined {
  if (type.base !== 'base64Binary') return undefined;
  const wrong = /[^A-Za-z0-9+/=\s]/.exec(value)?.[0];
  const names = wrong === undefined ? undefined : describeCharacters([wrong]);
  return {
    message: names ? { it: `contiene ${names.it}, che non è base64`, en: `it holds ${names.en}, which is not base64` } : { it: 'non è base64 intero: mancano caratteri o segni = alla fine', en: 'it is no whole base64: characters or signs = are missing at the end' },
    fix: { it: 'Codificare di nuovo l’allegato in base64', en: 'Encode the attachment in base64 again' },
  };
}

/** Why a value is not of its type, where no single right value is known. The first that has something to say is heard. */
export const REASONS: readonly ((value: string, type: SimpleType) => Reason | undefined)[] = [code, characters, date, number, base64, length];

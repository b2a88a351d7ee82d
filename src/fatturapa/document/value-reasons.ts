import { nearest } from '../json/near.js';
import type { SimpleType, Text } from '../schema/types.js';
import { charactersBeyond, describeCharacters } from './charset.js';

interface Reason {
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
  const old = codes.get(value);
  if (old) {
    return {
      message: { it: `il codice (${old.label.it}) non è più ammesso`, en: `the code (${old.label.en}) is no longer allowed` },
      fix: { it: `Scegliere un codice in vigore: ${type.expected.it}`, en: `Choose a code in force: ${type.expected.en}` },
    };
  }
  const admitted = codes.entries.filter((entry) => entry.inSchema).map((entry) => entry.code);
  const near = nearest(value, admitted);
  const meant = near !== undefined && admitted.filter((one) => one.length === near.length && differences(one, value) === 1).length <= 1 ? codes.get(near) : undefined;
  const choose = admitted.length <= LISTED_CODES ? { it: `I codici ammessi sono ${admitted.join(', ')}`, en: `The codes allowed are ${admitted.join(', ')}` } : { it: `Serve ${type.expected.it}`, en: `It must be ${type.expected.en}` };
  return {
    message: { it: 'il codice non esiste', en: 'there is no such code' },
    fix: meant ? { it: `Forse ${meant.code} (${meant.label.it})? ${choose.it}`, en: `Perhaps ${meant.code} (${meant.label.en})? ${choose.en}` } : choose,
  };
}

const LISTED_CODES = 40;

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
  const accents = last === BASIC_LATIN && beyond.every((one) => (one.codePointAt(0) ?? 0) <= LATIN_1);
  return {
    message: { it: `contiene ${names.it}, che il tracciato non ammette qui`, en: `it holds ${names.en}, which the format does not allow here` },
    fix: accents
      ? { it: 'Qui non sono ammesse lettere accentate: scriverle senza accento', en: 'Letters with accents are not allowed here: write them without' }
      : { it: 'Togliere questi caratteri, o sostituirli con lettere e segni di uso comune', en: 'Remove these characters, or replace them by common letters and signs' },
  };
}

function length(value: string, type: SimpleType): Reason | undefined {
  const { minLength = 0, maxLength = Infinity } = type;
  const has = [...value].length;
  const characters = (n: number): Text => ({ it: n === 1 ? '1 carattere' : `${n} caratteri`, en: n === 1 ? '1 character' : `${n} characters` });
  if (has > maxLength) {
    const over = characters(has - maxLength);
    return {
      message: { it: `ha ${characters(has).it}, il massimo è ${maxLength}`, en: `it has ${characters(has).en}, the most is ${maxLength}` },
      fix: { it: `Accorciarlo di ${over.it}`, en: `Make it shorter by ${over.en}` },
    };
  }
  if (has < minLength) {
    return { message: { it: `ha ${characters(has).it}, il minimo è ${minLength}`, en: `it has ${characters(has).en}, the least is ${minLength}` } };
  }
  return undefined;
}

function number(value: string, type: SimpleType): Reason | undefined {
  if (type.base !== 'decimal' && type.base !== 'integer') return undefined;
  if (!/^[+-]?\d+(\.\d+)?$/.test(value)) return { message: { it: 'non è un numero', en: 'it is no number' } };
  const most = /\\\.\[0-9\]\{(?:\d+,)?(\d+)\}/.exec(type.pattern ?? '')?.[1];
  const decimals = value.split('.')[1]?.length ?? 0;
  if (most !== undefined && decimals > Number(most)) {
    return {
      message: { it: `ha ${decimals} decimali, il massimo è ${most}`, en: `it has ${decimals} decimals, the most is ${most}` },
      fix: { it: `Arrotondarlo a ${most} decimali`, en: `Round it to ${most} decimals` },
    };
  }
  if (value.startsWith('-') && !type.pattern?.includes('-]')) return { message: { it: 'non può essere negativo', en: 'it must not be negative' } };
  if (type.minValue !== undefined || type.maxValue !== undefined) {
    const from = type.minValue;
    const to = type.maxValue;
    return { message: { it: `è fuori dai limiti${from === undefined ? '' : `, da ${from}`}${to === undefined ? '' : ` fino a ${to}`}`, en: `it is out of bounds${from === undefined ? '' : `, from ${from}`}${to === undefined ? '' : ` to ${to}`}` } };
  }
  return undefined;
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

/**
 * Italian fiscal ids and their check digits.
 * Partita IVA: 11 digits, the last by the Luhn-like rule of DPR 633/1972 art. 35 (DM 23 December 1976). Codice fiscale: 16 characters, the last by the
 * odd/even tables of DM 12 March 1974 art. 6; in case of homonymy digits are replaced by letters ("omocodia"), which the tables already cover.
 */
export function isPartitaIva(value: string): boolean {
  return /^[0-9]{11}$/.test(value) && controlDigit(value) === value.charCodeAt(10) - 48;
}

/** The last digit that the first ten ask for. */
function controlDigit(value: string): number {
  let sum = 0;
  for (let index = 0; index < 10; index++) {
    const digit = value.charCodeAt(index) - 48;
    const weighted = index % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return (10 - (sum % 10)) % 10;
}

/** Values of the characters in odd places (1st, 3rd, ...), for 0-9 and A-Z. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const PERSON = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;

/** True for a person's 16-character code and for the 11-digit code of everybody else (which is built like a partita IVA). */
export function isCodiceFiscale(value: string): boolean {
  if (value.length === 11) return isPartitaIva(value);
  return PERSON.test(value) && controlLetter(value) === value.charAt(15);
}

/** The last letter that the first fifteen characters ask for. */
function controlLetter(value: string): string {
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const code = value.charCodeAt(index);
    const isDigit = code < 65;
    const odd = index % 2 === 0;
    const slot = isDigit ? code - 48 : code - 55;
    sum += odd ? (ODD[slot] ?? 0) : isDigit ? code - 48 : code - 65;
  }
  return String.fromCharCode(65 + (sum % 26));
}

/** The code of a natural person: 16 characters. An 11-digit code says nothing of whose it is. */
export const isPersonalCode = (value: string): boolean => PERSON.test(value);

/**
 * Why a value cannot be a partita IVA, or a codice fiscale, that exists. Where the value tells what was meant, `meant` is that id: right check digit and all.
 * `certain` says that nothing else can have been meant, so that a program may put it right.
 */
export interface FiscalIdFault {
  readonly kind: 'country-prefix' | 'spaces' | 'lower-case' | 'lost-zeros' | 'is-codice-fiscale' | 'length' | 'characters' | 'pattern' | 'check-digit' | 'check-letter' | 'zeros';
  readonly meant?: string;
  readonly certain?: boolean;
  /** For a wrong check character: the one that the others ask for. */
  readonly expected?: string;
}

/** Undefined when nothing is wrong with its form and its check digit. Whether the tax register knows it is another matter. */
export function partitaIvaFault(value: string): FiscalIdFault | undefined {
  if (isPartitaIva(value)) return /^0{10}/.test(value) ? { kind: 'zeros' } : undefined;
  const tidied = tidiedFault(value, isPartitaIva);
  if (tidied) return tidied;
  if (isPersonalCode(value.toUpperCase())) return { kind: 'is-codice-fiscale' };
  return digitsFault(value);
}

/** As `partitaIvaFault`, for a codice fiscale of 11 digits or 16 characters. */
export function codiceFiscaleFault(value: string): FiscalIdFault | undefined {
  if (isCodiceFiscale(value)) return /^0{10}/.test(value) ? { kind: 'zeros' } : undefined;
  const tidied = tidiedFault(value, isCodiceFiscale);
  if (tidied) return tidied;
  if (value.length === 16) return PERSON.test(value) ? { kind: 'check-letter', expected: controlLetter(value) } : { kind: 'pattern' };
  return digitsFault(value);
}

/** What people and programs put around a right id: the country's letters, spaces and dots, small letters. */
function tidiedFault(value: string, isRight: (value: string) => boolean): FiscalIdFault | undefined {
  const bare = value.replace(/[\s.-]/g, '');
  if (bare !== value && isRight(bare)) return { kind: 'spaces', meant: bare, certain: true };
  const upper = bare.toUpperCase();
  if (upper !== bare && isRight(upper)) return { kind: 'lower-case', meant: upper, certain: true };
  const foreign = /^IT(.{11,16})$/.exec(upper)?.[1];
  return foreign !== undefined && isRight(foreign) ? { kind: 'country-prefix', meant: foreign, certain: true } : undefined;
}

function digitsFault(value: string): FiscalIdFault {
  if (!/^[0-9]+$/.test(value)) return { kind: value.length === 11 ? 'characters' : 'length' };
  if (value.length === 11) return { kind: 'check-digit', expected: String(controlDigit(value)) };
  const padded = value.padStart(11, '0');
  return value.length >= 7 && value.length < 11 && isPartitaIva(padded) ? { kind: 'lost-zeros', meant: padded } : { kind: 'length' };
}

/**
 * Italian fiscal ids and their check digits.
 * Partita IVA: 11 digits, the last by the Luhn-like rule of DPR 633/1972 art. 35 (DM 23 December 1976). Codice fiscale: 16 characters, the last by the
 * odd/even tables of DM 12 March 1974 art. 6; in case of homonymy digits are replaced by letters ("omocodia"), which the tables already cover.
 */
export function isPartitaIva(value: string): boolean {
  if (!/^[0-9]{11}$/.test(value)) return false;
  let sum = 0;
  for (let index = 0; index < 11; index++) {
    const digit = value.charCodeAt(index) - 48;
    const weighted = index % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** Values of the characters in odd places (1st, 3rd, ...), for 0-9 and A-Z. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const PERSON = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;

/** True for a person's 16-character code and for the 11-digit code of everybody else (which is built like a partita IVA). */
export function isCodiceFiscale(value: string): boolean {
  if (value.length === 11) return isPartitaIva(value);
  if (!PERSON.test(value)) return false;
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const code = value.charCodeAt(index);
    const isDigit = code < 65;
    const odd = index % 2 === 0;
    const slot = isDigit ? code - 48 : code - 55;
    sum += odd ? (ODD[slot] ?? 0) : isDigit ? code - 48 : code - 65;
  }
  return value.charCodeAt(15) === 65 + (sum % 26);
}

/** Italy and San Marino; other countries' lengths differ, and what the schema lets pass (15 to 34) is taken for them. */
const LENGTHS: Readonly<Record<string, number>> = { IT: 27, SM: 27 };

/** Length (Italy, San Marino) and check digits by ISO 13616: the first four characters to the end, letters as 10 to 35, remainder 1 by 97. */
export function isIban(value: string): boolean {
  const iban = value.toUpperCase();
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const length = LENGTHS[iban.slice(0, 2)];
  if (length !== undefined && iban.length !== length) return false;
  let rest = 0;
  for (let index = 0; index < iban.length; index++) {
    const code = iban.charCodeAt((index + 4) % iban.length);
    rest = code < 65 ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97;
  }
  return rest === 1;
}

import { LOCALES, type Language } from '../i18n/locales.js';

const DECIMAL = /^-?\d{1,15}(\.\d{1,8})?$/;

/**
 * An amount as the language writes it, from its decimal string: `Intl` takes the digits as they are, so no binary fraction comes in between.
 * What is no decimal is shown as it came.
 */
export function formatMoney(language: Language, amount: string, currency?: string | null): string {
  if (!DECIMAL.test(amount)) return currency ? `${amount} ${currency}` : amount;
  const options: Intl.NumberFormatOptions = { minimumFractionDigits: 2, maximumFractionDigits: 8, useGrouping: 'always' };
  const digits = amount as Intl.StringNumericLiteral;
  if (currency && /^[A-Z]{3}$/.test(currency)) {
    return new Intl.NumberFormat(LOCALES[language], { ...options, style: 'currency', currency }).format(digits);
  }
  return new Intl.NumberFormat(LOCALES[language], options).format(digits);
}

/**
 * The exact sum of amounts given as decimal strings, with as many decimals as the most precise of them; undefined when there are none or one of them is no decimal.
 */
export function sumAmounts(amounts: readonly string[]): string | undefined {
  if (amounts.length === 0 || !amounts.every((amount) => DECIMAL.test(amount))) return undefined;
  const places = Math.max(...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
  const total = amounts.reduce((sum, amount) => {
    const [whole = '', fraction = ''] = amount.split('.');
    return sum + BigInt(whole + fraction.padEnd(places, '0'));
  }, 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(places + 1, '0');
  const written = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return total < 0n ? `-${written}` : written;
}

/** A size in octets, in words of a thousand. */
export function formatBytes(language: Language, octets: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = octets < 1000 ? 0 : octets < 1_000_000 ? 1 : octets < 1_000_000_000 ? 2 : 3;
  return new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(octets / 1000 ** step);
}

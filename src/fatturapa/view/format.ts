import type { Language } from './language.js';

const DECIMAL = /^([-+]?)(\d+)(?:\.(\d*))?$/;
const DATE = /^(-?\d{4,})-(\d{2})-(\d{2})(.*)$/;
const DATE_TIME = /^(-?\d{4,}-\d{2}-\d{2})T(\d{2}:\d{2}):(\d{2})(\.\d+)?(.*)$/;
const NO_BREAK = '\u00a0';

const MARKS = { it: { group: '.', point: ',' }, en: { group: ',', point: '.' } } as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A decimal as the language writes it, every digit that says something kept: zeros are dropped at the end only, and added up to
 * `decimals`. What is no decimal comes back as it is.
 */
export function formatNumber(language: Language, text: string, decimals = 0): string {
  const parts = DECIMAL.exec(text);
  if (!parts) return text;
  const [, sign = '', whole = '', fraction = ''] = parts;
  const { group, point } = MARKS[language];
  const digits = whole.replace(/^0+(?=\d)/, '');
  let kept = fraction.replace(/0+$/, '');
  if (kept.length < decimals) kept = kept.padEnd(decimals, '0');
  const grouped = digits.length > 3 ? digits.replace(/\B(?=(?:\d{3})+$)/g, group) : digits;
  return `${sign === '-' ? '-' : ''}${grouped}${kept === '' ? '' : point + kept}`;
}

/** An amount with its currency: `1.234,56 €`, `€1,234.56`; another currency by its code. */
export function formatMoney(language: Language, text: string, currency: string | undefined): string {
  if (!DECIMAL.test(text)) return text;
  const amount = formatNumber(language, text, 2);
  if (currency === undefined) return amount;
  if (language === 'it') return `${amount}${NO_BREAK}${currency === 'EUR' ? '€' : currency}`;
  if (currency !== 'EUR') return `${currency}${NO_BREAK}${amount}`;
  return amount.startsWith('-') ? `-€${amount.slice(1)}` : `€${amount}`;
}

/** A rate: `22%`, `10,5%`. */
export function formatRate(language: Language, text: string): string {
  return DECIMAL.test(text) ? `${formatNumber(language, text)}%` : text;
}

/** A calendar date: `15/01/2026`, `15 Jan 2026`. A zone, if one is written, is kept. */
export function formatDate(language: Language, text: string): string {
  const parts = DATE.exec(text);
  if (!parts) return text;
  const [, year = '', month = '', day = '', zone = ''] = parts;
  const name = MONTHS[Number(month) - 1];
  if (language === 'en' && name === undefined) return text;
  const date = language === 'it' ? `${day}/${month}/${year}` : `${Number(day)}${NO_BREAK}${name}${NO_BREAK}${year}`;
  return zone === '' ? date : `${date}${NO_BREAK}(${zone})`;
}

/** A date with a time, to the minute unless seconds are written: `15/01/2026, 09:30`. */
export function formatDateTime(language: Language, text: string): string {
  const parts = DATE_TIME.exec(text);
  if (!parts) return formatDate(language, text);
  const [, date = '', clock = '', seconds = '', fraction = '', zone = ''] = parts;
  const part = fraction.replace(/\.?0+$/, '');
  const exact = seconds === '00' && part === '' ? clock : `${clock}:${seconds}${part}`;
  return `${formatDate(language, date)}, ${exact}${zone === '' ? '' : `${NO_BREAK}(${zone})`}`;
}

/** An instant in Italian time: `15/01/2026, 09:30:05`. */
export function formatInstant(language: Language, instant: Date): string {
  if (Number.isNaN(instant.getTime())) return '';
  // "sv-SE" writes YYYY-MM-DD HH:MM:SS.
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'medium' }).format(instant);
  return formatDateTime(language, local.replace(' ', 'T'));
}

/** A size in octets, rounded to a tenth of its unit. */
export function formatSize(language: Language, octets: number): string {
  const [unit, size] = octets < 1000 ? ['byte', 1] : octets < 1_000_000 ? ['kB', 1000] : ['MB', 1_000_000];
  const number = size === 1 ? String(octets) : (octets / size).toFixed(1);
  return `${formatNumber(language, number)}${NO_BREAK}${unit === 'byte' && language === 'en' && octets !== 1 ? 'bytes' : unit}`;
}

/** Octets that a base64 text stands for, white space not counted. */
export function base64Size(text: string): number {
  let characters = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20) continue;
    characters++;
    if (code === 0x3d) padding++;
  }
  return Math.max(0, Math.floor((characters * 3) / 4) - padding);
}

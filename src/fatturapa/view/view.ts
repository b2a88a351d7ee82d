import type { Element } from '../document/model.js';
import type { SimpleType, Text } from '../schema/types.js';
import { base64Size, formatDate, formatDateTime, formatMoney, formatNumber, formatRate, formatSize } from './format.js';
import { escapeHtml } from './html.js';
import type { Language } from './language.js';

/** Types whose values are not amounts although they are decimals. */
const RATES = new Set(['RateType']);
const QUANTITIES = new Set(['QuantitaType', 'PesoType']);
/** Shares its type with unit prices, and counts anything (2.2.1.16.3). */
const PLAIN_NUMBERS = new Set(['RiferimentoNumero']);

/** A value that is not of its type may be of any length and form, and is made to stand out. */
const odd = (element: Element, html: string): string => (element.valid || html === '' ? html : `<span class="odd">${html}</span>`);

/**
 * What the page has shown so far, and how it writes values. Each value that is taken is marked as shown; at the end whatever nobody took is
 * rendered by the table's labels, so that no field of a document can be missing from its page.
 */
export class View {
  readonly #shown = new Set<Element>();

  constructor(
    readonly language: Language,
    /** Of the amounts; absent where the document does not say it. */
    readonly currency: string | undefined,
    shown?: View,
  ) {
    if (shown) this.#shown = shown.#shown;
  }

  /** The same page, another document of it with a currency of its own. */
  withCurrency(currency: string | undefined): View {
    return new View(this.language, currency, this);
  }

  say(text: Text): string {
    return text[this.language];
  }

  /** The label of an element, escaped. */
  label(element: Element): string {
    return escapeHtml(this.say(element.def.label));
  }

  isShown(element: Element): boolean {
    return this.#shown.has(element);
  }

  mark(element: Element | undefined): void {
    if (element) this.#shown.add(element);
  }

  /** Marks a value as shown and writes it for the page, amounts with their currency. Empty when there is none. */
  take(element: Element | undefined): string {
    return this.#write(element, true);
  }

  /** The same without the currency, for the cells of a table whose head names it. */
  bare(element: Element | undefined): string {
    return this.#write(element, false);
  }

  /** Text in which line breaks of the file may be shown, although the schema takes them as spaces. */
  lines(element: Element | undefined): string {
    if (!element) return '';
    this.#shown.add(element);
    return escapeHtml(element.text.trim());
  }

  /** The value as it is: a code without its meaning, a part of something larger. */
  raw(element: Element | undefined): string {
    if (!element) return '';
    this.#shown.add(element);
    return odd(element, escapeHtml(element.value));
  }

  #write(element: Element | undefined, currency: boolean): string {
    if (!element) return '';
    this.#shown.add(element);
    const { type, name } = element.def;
    const { value } = element;
    if (!type || value === '') return '';
    // Contents of attachments are never shown, wrong ones neither.
    if (!element.valid && type.base !== 'base64Binary') return odd(element, escapeHtml(value));
    return type.codes ? this.#code(type, value) : escapeHtml(this.#typed(type, name, value, currency));
  }

  #typed(type: SimpleType, name: string, value: string, currency: boolean): string {
    const { language } = this;
    switch (type.base) {
      case 'decimal':
        if (RATES.has(type.name)) return formatRate(language, value);
        if (QUANTITIES.has(type.name) || PLAIN_NUMBERS.has(name)) return formatNumber(language, value);
        return formatMoney(language, value, currency ? this.currency : undefined);
      case 'date':
        return formatDate(language, value);
      case 'dateTime':
        return formatDateTime(language, value);
      case 'base64Binary':
        return formatSize(language, base64Size(value));
      default:
        return value;
    }
  }

  #code(type: SimpleType, value: string): string {
    const label = type.codes?.get(value)?.label[this.language];
    const code = escapeHtml(value);
    return label === undefined ? code : `${escapeHtml(label)} <span class="code">${code}</span>`;
  }
}

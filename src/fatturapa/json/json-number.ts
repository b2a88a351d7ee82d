/** A number of a JSON text as it was written: a double has another value than `1.99999999999999999999`, and forgets the zero of `1.50`. */
export class JsonNumber {
  constructor(
    /** RFC 8259, 6: digits with an optional sign, fraction and exponent. */
    readonly text: string,
  ) {}
}

import { MAX_NAMESPACES } from '../limits.js';
import type { XmlFaultKind } from './faults.js';
import { isUriReference } from './uri.js';

export const NO_NAMESPACE = '';
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** The namespace declarations in force, element by element (Namespaces in XML 1.0, third edition). */
export class Namespaces {
  /** Whether a default namespace may be in force: as long as none is declared, nobody needs to ask. */
  hasDefault = false;

  readonly #prefixes: string[] = ['xml'];
  readonly #uris: string[] = [XML_NAMESPACE];
  /** How many declarations were in force where each open element began. */
  readonly #marks: number[] = [];
  #depth = 0;

  open(): void {
    this.#marks[this.#depth] = this.#prefixes.length;
    this.#depth += 1;
  }

  close(): void {
    this.#depth -= 1;
    const mark = this.#marks[this.#depth] ?? 1;
    if (this.#prefixes.length > mark) {
      this.#prefixes.length = mark;
      this.#uris.length = mark;
    }
  }

  /** Declares for the element opened last; or says what is wrong with it. */
  declare(prefix: string, uri: string): XmlFaultKind | undefined {
    if (prefix === 'xmlns' || uri === XMLNS_NAMESPACE) return 'namespace-reserved';
    if ((prefix === 'xml') !== (uri === XML_NAMESPACE)) return 'namespace-reserved';
    if (prefix !== '' && uri === '') return 'namespace-empty';
    if (uri !== '' && !isUriReference(uri)) return 'namespace-uri';
    for (let i = this.#marks[this.#depth - 1] ?? 1; i < this.#prefixes.length; i += 1) if (this.#prefixes[i] === prefix) return 'attribute-twice';
    if (this.#prefixes.length >= MAX_NAMESPACES) return 'namespaces';
    this.#prefixes.push(prefix);
    this.#uris.push(uri);
    if (prefix === '') this.hasDefault = true;
    return undefined;
  }

  /** Undefined for a prefix that is not declared; `''` is the default namespace, none unless declared. */
  find(prefix: string): string | undefined {
    for (let i = this.#prefixes.length - 1; i >= 0; i -= 1) if (this.#prefixes[i] === prefix) return this.#uris[i];
    return prefix === '' ? NO_NAMESPACE : undefined;
  }
}

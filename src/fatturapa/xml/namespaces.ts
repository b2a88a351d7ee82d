import { MAX_NAMESPACES } from '../limits.js';
import type { XmlFaultKind } from './faults.js';
import { isUriReference } from './uri.js';

export const NO_NAMESPACE = '';
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** The namespace declarations in force (Namespaces in XML 1.0, third edition). */
export class Namespaces {
  /** Whether a default namespace may be in force: as long as none was declared, nobody needs to ask. */
  hasDefault = false;
  /** Depth of the element that declared last, of those still open; 0 when none did. Elements above it have nothing to take back. */
  deepest = 0;

  readonly #prefixes: string[] = ['xml'];
  readonly #uris: string[] = [XML_NAMESPACE];
  readonly #depths: number[] = [0];

  /** Declares for the element at a depth; or says what is wrong with the declaration. */
  declare(prefix: string, uri: string, depth: number): XmlFaultKind | undefined {
    if (prefix === 'xmlns' || uri === XMLNS_NAMESPACE || (prefix === 'xml') !== (uri === XML_NAMESPACE)) return 'namespace-reserved';
    if (prefix !== '' && uri === '') return 'namespace-empty';
    if (uri !== '' && !isUriReference(uri)) return 'namespace-uri';
    for (let i = this.#prefixes.length - 1; i > 0 && this.#depths[i] === depth; i -= 1) if (this.#prefixes[i] === prefix) return 'attribute-twice';
    if (this.#prefixes.length >= MAX_NAMESPACES) return 'namespaces';
    this.#prefixes.push(prefix);
    this.#uris.push(uri);
    this.#depths.push(depth);
    this.deepest = depth;
    if (prefix === '') this.hasDefault = true;
    return undefined;
  }

  /** Takes back what the element at a depth declared. */
  close(depth: number): void {
    let count = this.#depths.length;
    while (count > 1 && (this.#depths[count - 1] ?? 0) >= depth) count -= 1;
    this.#prefixes.length = count;
    this.#uris.length = count;
    this.#depths.length = count;
    this.deepest = this.#depths[count - 1] ?? 0;
  }

  /** Undefined for a prefix that is not declared; `''` is the default namespace, none unless declared. */
  find(prefix: string): string | undefined {
    for (let i = this.#prefixes.length - 1; i >= 0; i -= 1) if (this.#prefixes[i] === prefix) return this.#uris[i];
    return prefix === '' ? NO_NAMESPACE : undefined;
  }
}

import type { XmlScanner } from '../../xml/scanner.js';
import type { FindingList } from '../finding-list.js';

export const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
export const SIGNATURE_NAME = 'Signature';

export class SignatureReader {
  #depth = 0;

  constructor(private readonly findings: FindingList) {}

  startElement(_scanner: XmlScanner): void {
    this.#depth += 1;
  }

  /** True when it was the end of the signature. */
  endElement(_scanner: XmlScanner): boolean {
    this.#depth -= 1;
    return this.#depth === 0;
  }

  characters(_text: string, _offset: number): void {
    void this.findings;
  }
}

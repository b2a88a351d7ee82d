import { oidOf, readElement } from '../asn1/ber.js';
import { stringOf } from './name.js';

/** The short names that every reader must know (RFC 4514, 3); other types stand as dotted identifiers with their encoding in hex. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.6', 'C'],
  ['2.5.4.9', 'STREET'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
]);

/** RFC 4514, 2.4. */
const escapeValue = (text: string): string =>
  text
    .replace(/[\\"+,;<>]/g, (c) => `\\${c}`)
    .replace(/\0/g, '\\00')
    .replace(/^[ #]/, (c) => `\\${c}`)
    .replace(/ $/, '\\ ');

/** A distinguished name as XML signatures write it: the last relative name first (RFC 4514, 2.1; XML Signature 4.5.4.1). */
export function rfc4514(name: Buffer): string {
  return readElement(name)
    .children.map((rdn) =>
      rdn.children
        .map((attribute) => {
          const [type, value] = attribute.children;
          if (!type || !value) return '';
          const dotted = oidOf(type);
          const short = SHORT.get(dotted);
          return short ? `${short}=${escapeValue(stringOf(value))}` : `${dotted}=#${value.source.subarray(value.start, value.end).toString('hex')}`;
        })
        .join('+'),
    )
    .reverse()
    .join(',');
}

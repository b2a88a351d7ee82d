import { content, type Element, encoding, oidOf } from '../asn1/ber.js';
import { OID } from '../asn1/oids.js';

const LABELS: ReadonlyMap<string, string> = new Map<string, string>([
  [OID.commonName, 'CN'],
  [OID.country, 'C'],
  [OID.locality, 'L'],
  ['2.5.4.8', 'ST'],
  [OID.organization, 'O'],
  [OID.organizationalUnit, 'OU'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.97', 'organizationIdentifier'],
  [OID.emailAddress, 'emailAddress'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
]);

/** The text of any of the string types that names use. */
export function stringOf(element: Element): string {
  const octets = content(element);
  if (element.tagClass === 0 && element.tag === 0x0c) return octets.toString('utf8');
  if (element.tagClass === 0 && element.tag === 0x1e) return Buffer.from(octets.subarray(0, octets.length & ~1)).swap16().toString('utf16le');
  return octets.toString('latin1');
}

/** A distinguished name for people, in the order of its encoding: `C=IT, O=Sogei S.p.A., CN=Posta Certificata Sogei`. */
export function nameText(name: Element): string {
  const parts: string[] = [];
  for (const rdn of name.children) {
    for (const attribute of rdn.children) {
      const [type, value] = attribute.children;
      if (!type || !value) continue;
      const dotted = oidOf(type);
      parts.push(`${LABELS.get(dotted) ?? dotted}=${stringOf(value)}`);
    }
  }
  return parts.join(', ');
}

/** Values of one attribute type in a name. */
export function nameValues(name: Element, type: string): string[] {
  return name.children.flatMap((rdn) => rdn.children).filter((attribute) => attribute.children[0] && oidOf(attribute.children[0]) === type).flatMap((attribute) => (attribute.children[1] ? [stringOf(attribute.children[1])] : []));
}

/** The relative names of a distinguished name, encoded: what a directory-name constraint compares from the left. */
export const relativeNames = (name: Element): Buffer[] => name.children.map(encoding);

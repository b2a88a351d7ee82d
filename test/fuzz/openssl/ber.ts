import { Asn1Error, type Element, readElement } from '../../../src/signature/asn1/ber.js';
import { tlv } from '../../../src/signature/asn1/der.js';
import type { Random } from '../random.js';

const identifier = (element: Element): number => (element.tagClass << 6) | (element.constructed ? 0x20 : 0) | element.tag;
const indefinite = (first: number, content: Buffer): Buffer => Buffer.concat([Buffer.from([first, 0x80]), content, Buffer.alloc(2)]);

/** The same values in other octets: indefinite lengths down to some level, as several providers write them (pec.md 2.2). What is signed inside keeps its octets. */
export function inBer(der: Buffer, levels: number): Buffer {
  const write = (element: Element, level: number): Buffer => {
    const whole = element.source.subarray(element.start, element.end);
    if (level === 0 || !element.constructed) return whole;
    return indefinite(identifier(element), Buffer.concat(element.children.map((child) => write(child, isOpen(child) ? level - 1 : 0))));
  };
  return rewritten(der, (element) => write(element, levels));
}

/** What is no encoding at all stays as it is. */
function rewritten(octets: Buffer, write: (element: Element) => Buffer): Buffer {
  try {
    return write(readElement(octets));
  } catch (failure) {
    if (failure instanceof Asn1Error) return octets;
    throw failure;
  }
}

/** Signed attributes and certificates are covered by signatures: their octets stay. The set of digests, the encapsulated content and the SignerInfos need not. */
const isOpen = (element: Element): boolean => !(element.tagClass === 2 && element.tag === 0 && element.children.length > 1);

/** Definite lengths everywhere on the outside, whatever they were. */
export function inDer(ber: Buffer): Buffer {
  const write = (element: Element): Buffer => (element.constructed && element.tag < 31 ? tlv(identifier(element), Buffer.concat(element.children.map(write))) : element.source.subarray(element.start, element.end));
  return rewritten(ber, write);
}

/** One octet changed somewhere. */
export function flipped(random: Random, octets: Buffer): Buffer {
  const changed = Buffer.from(octets);
  if (changed.length === 0) return changed;
  const at = random.below(changed.length);
  changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
  return changed;
}

/** One element of a BER or DER encoding (X.690). Offsets point into `source`, which is never copied. */
export interface Element {
  readonly source: Buffer;
  /** 0 universal, 1 application, 2 context-specific, 3 private. */
  readonly tagClass: number;
  readonly tag: number;
  readonly constructed: boolean;
  readonly indefinite: boolean;
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  readonly children: readonly Element[];
  /** Read leniently: what stands inside is no encoding, so there are no children. The element's own bounds hold. */
  readonly malformed?: true;
}

/** Without a stack: hostile input can make one at every few octets, and walking the stack is the dearest part of it. */
export class Asn1Error extends Error {
  constructor(message: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
  }
}

/** Elements of one input: a certificate has about 120, a CMS of 30 MB in chunks of 1,000 octets 30,000. */
const MAX_ELEMENTS = 200_000;
/** Real messages stay below 20. */
const MAX_DEPTH = 40;

interface Budget {
  elements: number;
  readonly lenient: boolean;
}

/** Reads the element at `offset` with everything inside it, in one pass and within fixed bounds; octets behind it are left alone. @throws Asn1Error */
export function readElement(source: Buffer, offset = 0): Element {
  return read(source, offset, source.length, 0, { elements: MAX_ELEMENTS, lenient: false });
}

/**
 * The same for a file that may have been tampered with: a broken inside of an element of definite length leaves that element `malformed` and spares
 * the rest. Whoever reads on must not take missing children for absent ones. @throws Asn1Error when the outermost element itself is broken
 */
export function readElementLeniently(source: Buffer): Element {
  return read(source, 0, source.length, 0, { elements: MAX_ELEMENTS, lenient: true });
}

function read(source: Buffer, start: number, limit: number, depth: number, budget: Budget): Element {
  if (depth > MAX_DEPTH) throw new Asn1Error('nested too deep');
  if (--budget.elements < 0) throw new Asn1Error('too many elements');
  let at = start;
  const next = (): number => {
    if (at >= limit) throw new Asn1Error('ends early');
    return source[at++] as number;
  };
  const identifier = next();
  let tag = identifier & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    for (let more = true, octets = 0; more; octets++) {
      if (octets === 4) throw new Asn1Error('tag number too large');
      const octet = next();
      tag = tag * 128 + (octet & 0x7f);
      more = (octet & 0x80) !== 0;
    }
  }
  const constructed = (identifier & 0x20) !== 0;
  const first = next();
  const indefinite = first === 0x80;
  let length = first;
  if (first > 0x80) {
    length = 0;
    if (first - 0x80 > 6) throw new Asn1Error('length too large');
    for (let octets = first & 0x7f; octets > 0; octets--) length = length * 256 + next();
  }
  if (indefinite && !constructed) throw new Asn1Error('primitive of indefinite length');
  const contentStart = at;
  if (!indefinite && contentStart + length > limit) throw new Asn1Error('longer than its surroundings');
  let contentEnd = indefinite ? limit : contentStart + length;
  let end = contentEnd;
  let children: Element[] = [];
  let malformed = false;
  if (constructed) {
    try {
      for (;;) {
        if (indefinite) {
          if (at + 2 > limit) throw new Asn1Error('ends before its end-of-contents');
          if (source[at] === 0 && source[at + 1] === 0) {
            contentEnd = at;
            end = at + 2;
            break;
          }
        } else if (at === contentEnd) break;
        const child = read(source, at, contentEnd, depth + 1, budget);
        children.push(child);
        at = child.end;
      }
    } catch (error) {
      if (indefinite || !budget.lenient || !(error instanceof Asn1Error)) throw error;
      children = [];
      malformed = true;
    }
  }
  const element: Element = { source, tagClass: identifier >> 6, tag, constructed, indefinite, start, contentStart, contentEnd, end, children };
  return malformed ? { ...element, malformed } : element;
}

export const isUniversal = (element: Element | undefined, tag: number): element is Element => element !== undefined && element.tagClass === 0 && element.tag === tag;
export const isContext = (element: Element | undefined, tag: number): element is Element => element !== undefined && element.tagClass === 2 && element.tag === tag;

/** The octets of the whole element as they stand in the source. */
export const encoding = (element: Element): Buffer => element.source.subarray(element.start, element.end);
export const content = (element: Element): Buffer => element.source.subarray(element.contentStart, element.contentEnd);

export function child(element: Element | undefined, index: number): Element {
  const found = element?.children[index];
  if (!found) throw new Asn1Error('an element is missing');
  return found;
}

export function expectUniversal(element: Element | undefined, tag: number): Element {
  if (!isUniversal(element, tag)) throw new Asn1Error(`expected universal tag ${tag}`);
  return element;
}

/** Octets of an OCTET STRING, put together again when it is chunked (X.690, 8.7.3). */
export function octets(element: Element): Buffer {
  if (!element.constructed) return content(element);
  const chunks: Buffer[] = [];
  const collect = (node: Element): void => {
    for (const part of node.children) {
      expectUniversal(part, 4);
      if (part.constructed) collect(part);
      else chunks.push(content(part));
    }
  };
  collect(element);
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** Octets of a BIT STRING of whole octets (signatures, keys). */
export function bits(element: Element): Buffer {
  expectUniversal(element, 3);
  const octetsWithCount = content(element);
  if (element.constructed || octetsWithCount[0] !== 0) throw new Asn1Error('bit string not of whole octets');
  return octetsWithCount.subarray(1);
}

/** Dotted form of an OBJECT IDENTIFIER. */
export function oidOf(element: Element | undefined): string {
  const octetsOfOid = content(expectUniversal(element, 6));
  if (octetsOfOid.length === 0 || octetsOfOid.length > 64) throw new Asn1Error('object identifier of odd length');
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of octetsOfOid) {
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 256) throw new Asn1Error('object identifier out of range');
    if ((octet & 0x80) === 0) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

const TIME = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,]\d{1,9})?(Z|[+-]\d{4})$/;

/** UTCTime or GeneralizedTime as an instant; fractions of a second are dropped. */
export function timeOf(element: Element): Date {
  const isUtcTime = isUniversal(element, 0x17);
  if (!isUtcTime && !isUniversal(element, 0x18)) throw new Asn1Error('expected a time');
  const match = TIME.exec(content(element).toString('latin1'));
  const [, yearText = '', month, day, hour, minute, second = '00', zone = 'Z'] = match ?? [];
  if (!match || yearText.length !== (isUtcTime ? 2 : 4)) throw new Asn1Error('malformed time');
  const year = isUtcTime ? Number(yearText) + (Number(yearText) < 50 ? 2000 : 1900) : Number(yearText);
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const instant = new Date(`${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  if (Number.isNaN(instant.getTime())) throw new Asn1Error('impossible time');
  return instant;
}

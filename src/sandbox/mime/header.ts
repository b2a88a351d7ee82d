const CRLF = '\r\n';

/** Folds a header line at blanks so that no line is longer than 76 characters where the text allows (RFC 5322 §2.2.3). */
export function headerLine(name: string, value: string): string {
  let line = `${name}:`;
  let out = '';
  for (const word of value.split(' ')) {
    if (line.length + 1 + word.length > 76 && line.trim() !== '' && !line.endsWith(':')) {
      out += line + CRLF;
      line = '';
    }
    line += ` ${word}`;
  }
  return out + line + CRLF;
}

/** Unstructured text for a header: as it is when it is plain ASCII, else RFC 2047 encoded words of at most 75 characters, never splitting a character. */
export function encodeText(text: string): string {
  const clean = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  if (/^[\x20-\x7e]*$/.test(clean) && !clean.includes('=?')) return clean;
  const words: string[] = [];
  let chunk = '';
  for (const character of clean) {
    if (Buffer.byteLength(chunk + character) > 42) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  words.push(chunk);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

/** A display name in quotes, or encoded, for use before an address. */
export function encodeName(name: string): string {
  return /^[\x20-\x7e]*$/.test(name) ? `"${name.replace(/(["\\])/g, '\\$1')}"` : encodeText(name);
}

/** One field of a header block as it stands in the message: `raw` is the whole of it, folds and line ends included. */
export interface RawField {
  readonly name: string;
  /** Unfolded, trimmed. */
  readonly value: string;
  readonly raw: string;
}

/** Splits a message into its header fields and its body; the octets of both are kept (as latin1 text in the fields). Lines that are no field are left out. */
export function splitMessage(message: Buffer): { fields: RawField[]; body: Buffer } {
  const text = message.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  const startsEmpty = /^\r?\n/.exec(text);
  const head = startsEmpty ? '' : end ? text.slice(0, end.index) : text;
  const body = startsEmpty ? message.subarray(startsEmpty[0].length) : end ? message.subarray(end.index + end[0].length) : Buffer.alloc(0);
  const fields: RawField[] = [];
  for (const [raw] of head.matchAll(/[^\r\n]+(?:\r?\n[ \t][^\r\n]*)*/g)) {
    const colon = /^([!-9;-~]+)[ \t]*:/.exec(raw);
    if (!colon?.[1]) continue;
    fields.push({
      name: colon[1],
      value: raw
        .slice(colon[0].length)
        .replace(/\r?\n(?=[ \t])/g, '')
        .trim(),
      raw: raw.replace(/\r?\n/g, CRLF) + CRLF,
    });
  }
  return { fields, body };
}

export function fieldsNamed(fields: readonly RawField[], name: string): RawField[] {
  return fields.filter((field) => field.name.toLowerCase() === name.toLowerCase());
}

export function fieldValue(fields: readonly RawField[], name: string): string | undefined {
  return fieldsNamed(fields, name)[0]?.value;
}

/** Decodes RFC 2047 encoded words in UTF-8, ISO-8859-1 or US-ASCII; others stay as they are. Raw octets above 127 are read as UTF-8. */
export function decodeText(value: string): string {
  const joined = value.replace(/(\?=)\s+(=\?)/g, '$1$2');
  const decoded = joined.replace(/=\?([^?\s]+)\?([BbQq])\?([^?\s]*)\?=/g, (whole, charset: string, encoding: string, data: string) => {
    const bytes =
      encoding.toUpperCase() === 'B'
        ? Buffer.from(data, 'base64')
        : Buffer.from(
            data.replace(/_/g, ' ').replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
            'latin1',
          );
    if (/^(utf-?8|us-ascii)$/i.test(charset)) return bytes.toString('utf8');
    return /^(iso-8859-1|iso-8859-15|windows-1252)$/i.test(charset) ? bytes.toString('latin1') : whole;
  });
  return decoded === value && /[\x80-\xff]/.test(value) ? Buffer.from(value, 'latin1').toString('utf8') : decoded;
}

/** The addresses of an address-list header, without display names, groups and comments, in their order; undefined when there is something in it that is no address. */
export function addresses(value: string): string[] | undefined {
  const bare = value
    .replace(/"(?:[^"\\]|\\.)*"/g, ' ')
    .replace(/\((?:[^()\\]|\\.)*\)/g, ' ')
    .replace(/[^\s,;:]+:(?=[^,]*;?)/g, (group) => (group.includes('@') ? group : ' '))
    .replace(/;/g, ',');
  const found: string[] = [];
  for (const item of bare.split(',')) {
    if (item.trim() === '') continue;
    const address = (/<([^<>]*)>/.exec(item)?.[1] ?? item).trim();
    if (!isAddress(address)) return undefined;
    found.push(address);
  }
  return found;
}

export function isAddress(address: string): boolean {
  return (
    address.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/.test(
      address,
    )
  );
}

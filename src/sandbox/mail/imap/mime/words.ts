/** Header text for people: UTF-8 octets and encoded words (RFC 2047) decoded; what cannot be decoded stays as it is. */
export function decodeWords(latin1: string): string {
  const text = Buffer.from(latin1, 'latin1').toString('utf8');
  return text
    .replace(/(=\?[^?\s]+\?[bqBQ]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[bqBQ]\?[^?\s]*\?=)/g, '$1')
    .replace(/=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bqBQ])\?([^?\s]*)\?=/g, (word, charset: string, encoding: string, content: string) => {
      const octets = encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : fromQ(content);
      try {
        return new TextDecoder(charset).decode(octets);
      } catch {
        return word;
      }
    });
}

function fromQ(content: string): Buffer {
  const latin1 = content
    .replace(/_/g, ' ')
    .replace(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(latin1, 'latin1');
}

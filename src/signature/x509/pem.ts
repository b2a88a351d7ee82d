const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----([\sA-Za-z0-9+/=]*)-----END \1-----/g;

/** Every PEM block with the given label, as DER. Text around the blocks is ignored (RFC 7468, 2). */
export function pemBlocks(text: string, label: string): Buffer[] {
  return [...text.matchAll(BLOCK)].filter((match) => match[1] === label).map((match) => Buffer.from(match[2] ?? '', 'base64'));
}

/** DER as a PEM block with lines of 64 characters. */
export function toPem(der: Buffer, label = 'CERTIFICATE'): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The certificates in a PEM text (one or several) or the one in a DER buffer; a buffer that holds PEM text counts as text. */
export function certificatesOf(source: Buffer | string): Buffer[] {
  if (typeof source === 'string') return pemBlocks(source, 'CERTIFICATE');
  return source[0] === 0x30 ? [source] : pemBlocks(source.toString('latin1'), 'CERTIFICATE');
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { context, integer, octetString, oid, sequence, setOf, tlv } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';
import { extractCms, toPem } from '../index.js';

const XML = Buffer.from('<?xml version="1.0"?><p:FatturaElettronica>è</p:FatturaElettronica>\n'.repeat(40));
const signedData = (eContent: Buffer | undefined, certificates = octetString(Buffer.alloc(0))): Buffer => sequence(oid(OID.signedData), context(0, sequence(integer(1), setOf(), sequence(oid(OID.data), ...(eContent ? [context(0, eContent)] : [])), context(0, certificates), setOf())));
const der = (content: Buffer): Buffer => signedData(octetString(content));
const eoc = Buffer.from([0, 0]);
const open = (tag: number, ...parts: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from([tag, 0x80]), ...parts, eoc]);
const chunks = (content: Buffer, size: number): Buffer[] => Array.from({ length: Math.ceil(content.length / size) }, (_, index) => octetString(content.subarray(index * size, (index + 1) * size)));
const ber = (content: Buffer, size = 100): Buffer => open(0x30, oid(OID.signedData), open(0xa0, open(0x30, integer(1), setOf(), open(0x30, oid(OID.data), open(0xa0, open(0x24, Buffer.concat(chunks(content, size))))), setOf())));
const lines = (octets: Buffer, end: string): Buffer => Buffer.from((octets.toString('base64').match(/.{1,64}/g) ?? []).join(end) + end);

describe('extractCms', () => {
  it.each([
    ['DER', der(XML), 'der', 1],
    ['BER with chunks', ber(XML), 'ber', 1],
    ['BER with chunks in chunks', open(0x30, oid(OID.signedData), open(0xa0, open(0x30, integer(1), setOf(), open(0x30, oid(OID.data), open(0xa0, open(0x24, tlv(0x24, Buffer.concat(chunks(XML.subarray(0, 500), 90))), octetString(XML.subarray(500))))), setOf()))), 'ber', 1],
    ['base64 with LF', lines(der(XML), '\n'), 'base64', 1],
    ['base64 with CRLF', lines(ber(XML), '\r\n'), 'base64', 1],
    ['base64 with CR and a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), lines(der(XML), '\r')]), 'base64', 1],
    ['base64 twice', lines(lines(der(XML), '\n'), '\r\n'), 'base64', 1],
    ['PEM', Buffer.from(`bag\n${toPem(der(XML), 'PKCS7')}`), 'pem', 1],
    ['a p7m in a p7m', der(ber(der(XML))), 'der', 3],
    ['a base64 p7m in a p7m', der(lines(ber(XML), '\n')), 'der', 2],
    ['octets behind the end', Buffer.concat([der(XML), Buffer.from('\r\n\0\0')]), 'der', 1],
  ] as const)('%s', (_name, bytes, form, layers) => {
    const opened = extractCms(bytes);
    expect(opened).toMatchObject({ ok: true, form, layers });
    expect(opened.ok && opened.content.equals(XML)).toBe(true);
  });

  it('gives content that is DER, but no signature, as it is', () => {
    const inner: Buffer = sequence(octetString(Buffer.alloc(300)));
    expect(extractCms(der(inner))).toMatchObject({ ok: true, content: inner, layers: 1 });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'not-signed'],
    ['plain XML', XML, 'not-signed'],
    ['base64 of no CMS', Buffer.from(XML.toString('base64')), 'not-signed'],
    ['a cut file', der(XML).subarray(0, 400), 'cms-unreadable'],
    ['a detached signature', signedData(undefined, octetString(Buffer.alloc(300))), 'cms-no-content'],
    ['six layers', [1, 2, 3, 4, 5, 6].reduce<Buffer>((content) => der(content), XML), 'nested-too-deep'],
    ['other content', sequence(oid('1.2.840.113549.1.7.3'), context(0, sequence(octetString(Buffer.alloc(300))))), 'cms-not-signed-data'],
  ] as const)('refuses %s', (_name, bytes, reason) => {
    expect(extractCms(bytes)).toMatchObject({ ok: false, reason });
  });

  it('refuses what is larger than allowed', () => {
    expect(extractCms(der(XML), { maxBytes: 100 })).toMatchObject({ ok: false, reason: 'too-large' });
  });

  it('stays within bounds for bombs of nesting and of tiny chunks', () => {
    const nested = Buffer.concat([Buffer.from('3080'.repeat(50_000), 'hex')]);
    expect(extractCms(nested)).toMatchObject({ ok: false });
    const started = Date.now();
    expect(extractCms(ber(Buffer.alloc(400_000), 1))).toMatchObject({ ok: false, reason: 'cms-unreadable' });
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('never throws, whatever it is given', () => {
    const sources = [der(XML), ber(XML), lines(der(XML), '\n'), der(ber(XML))];
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), fc.nat(), (source, edits, cut) => {
        const bytes = Buffer.from(source.subarray(0, cut % 5 === 0 ? cut % source.length : source.length));
        for (const [at, value] of edits) if (bytes.length > 0) bytes[at % bytes.length] = value;
        const opened = extractCms(bytes);
        return opened.ok ? opened.content.length <= bytes.length : opened.reason.length > 0;
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof extractCms(Buffer.from(bytes)).ok === 'boolean'));
  });
});

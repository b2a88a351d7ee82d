import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeOf, childElements, parseXml, textOf } from '../../signature/xml/index.js';
import { buildXml, type XmlElements } from './build.js';

const read = (document: XmlElements) => {
  const parsed = parseXml(buildXml(document));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.document.root;
};

describe('buildXml', () => {
  it('writes elements in the order of the data, lists, attributes and empty elements', () => {
    expect(
      buildXml({
        'p:b': { '@xmlns:p': 'urn:p', '@on': 'true', z: ['1', { '@t': 'x', '#text': '2' }], a: { c: '00123' }, none: undefined, Note: '' },
      }),
    ).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<p:b xmlns:p="urn:p" on="true">\n    <z>1</z>\n    <z t="x">2</z>\n    <a>\n        <c>00123</c>\n    </a>\n    <Note/>\n</p:b>',
    );
    expect(buildXml({ a: 'b' }, '')).toBe('<?xml version="1.0" encoding="UTF-8"?><a>b</a>');
  });

  it('escapes what looks like markup or references, whatever the text says', () => {
    expect(buildXml({ a: '</a>&#xE0;&amp;]]>' }, '')).toContain('<a>&lt;/a&gt;&amp;#xE0;&amp;amp;]]&gt;</a>');
  });

  it('property: any text is read back, less what XML cannot hold; in attributes up to white space', () => {
    const readable = (text: string): string =>
      [...text]
        .filter((c) => /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(c))
        .join('')
        .replace(/\r\n?/g, '\n');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('&', '<', '>', '"', "'", ']', '#', ';', '\n', '\t', '\r', 'à', '\u0001', '\ud800', '$&') }),
        (text, odd) => {
          const root = read({ root: { '@text': text, '@odd': odd, text, odd: [odd, { '@id': '1', '#text': odd }] } });
          expect(childElements(root).map(textOf)).toEqual([text, odd, odd].map(readable));
          expect(['text', 'odd'].map((name) => attributeOf(root, name))).toEqual(
            [text, odd].map((value) => readable(value).replace(/[\t\n]/g, ' ')),
          );
        },
      ),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { attributeOf, childElements, parseXml, textOf } from './tree.js';

describe('parseXml', () => {
  it('resolves namespaces, merges CDATA and text, drops comments', () => {
    const parsed = parseXml('<?xml version="1.0"?><p:a xmlns:p="urn:p" x="1"><b>1<!-- no --><![CDATA[&]]>2&#10;</b></p:a>');
    expect(parsed.ok && parsed.document.root).toMatchObject({ name: 'p:a', local: 'a', namespace: 'urn:p' });
    const b = parsed.ok ? childElements(parsed.document.root)[0]! : undefined;
    expect(b?.namespace).toBe('');
    expect(b && textOf(b)).toBe('1&2\n');
    expect(b?.children).toHaveLength(1);
    expect(parsed.ok && attributeOf(parsed.document.root, 'x')).toBe('1');
  });

  it.each([
    ['', 'root'],
    ['<a>', 'not well-formed'],
    ['<a/><b/>', 'not well-formed'],
    ['<p:a/>', 'not well-formed'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'has a DOCTYPE'],
    ['<a>&x;</a>', 'not well-formed'],
    ['<a>'.repeat(60) + '</a>'.repeat(60), 'nested too deep'],
    [`<a>${'<b/>'.repeat(60_000)}</a>`, 'too many nodes'],
    [`<a ${Array.from({ length: 100 }, (_, i) => `b${i}=""`).join(' ')}/>`, 'too many attributes'],
    [`<a>${Array.from({ length: 300 }, (_, i) => `<b xmlns:p${i}="urn:x"/>`).join('')}</a>`, 'too many namespace declarations'],
  ])('refuses %.40s', (xml, reason) => {
    const parsed = parseXml(xml);
    expect(parsed.ok ? '' : parsed.reason).toContain(reason);
  });
});

import { describe, expect, it } from 'vitest';
import { buildXmlFrom, pointed } from './tasks.js';

const form = (general: string) => Buffer.from(`{"FatturaElettronica":{"versione":"FPR12","FatturaElettronicaBody":{"DatiGenerali":{"DatiGeneraliDocumento":${general}}}}}`);
const AT = '/FatturaElettronica/FatturaElettronicaBody/DatiGenerali/DatiGeneraliDocumento';

describe('the XML of a JSON text', () => {
  it.each([
    ['1.99999999999999999999', 'json-number', 'ImportoTotaleDocumento'],
    ['2e0', 'json-number', 'ImportoTotaleDocumento'],
    ['2,"ImportoTotaleDocumento":3', 'json-duplicate-key', 'ImportoTotaleDocumento'],
  ])('is not made of what would have to be guessed or rounded: %s', (number, code, name) => {
    expect(buildXmlFrom(form(`{"ImportoTotaleDocumento":${number}}`))).toMatchObject({ ok: false, findings: [{ code, pointer: `${AT}/${name}`, path: `${AT.replace('Body', 'Body[1]')}/${name}` }] });
  });

  it('has each number as it was written', () => {
    const built = buildXmlFrom(form('{"ImportoTotaleDocumento":1.50}'));
    expect(built.ok && built.xml.toString()).toContain('<ImportoTotaleDocumento>1.50<');
  });

  it.each([
    ['no JSON', Buffer.from('{"a":1,}')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['two byte order marks', Buffer.from('\ufeff\ufeff{}')],
  ])('is not made of what is malformed: %s', (_, text) => expect(buildXmlFrom(text).ok).toBe(false));

  it('may be made of a text with a byte order mark', () => {
    expect(buildXmlFrom(Buffer.concat([Buffer.from('\ufeff'), form('{}')]))).toMatchObject({ ok: true });
  });

  it('has findings with the place in the text it was made of', () => {
    const finding = { code: '00200', severity: 'error' as const, path: `${AT.replace('Body', 'Body[1]')}/Divisa`, line: 4, column: 2, message: { it: '', en: '' } };
    expect(pointed({ json: form('{"Divisa":12}'), findings: [finding] })).toEqual([{ code: '00200', severity: 'error', path: finding.path, message: finding.message, pointer: `${AT}/Divisa` }]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointerOf } from './pointer.js';

const LINE = '/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[2]/Natura';

describe('pointerOf', () => {
  it.each<[string, unknown, string]>([
    ['the full form', { FatturaElettronica: { FatturaElettronicaBody: [{ DatiBeniServizi: { DettaglioLinee: [{}, { Natura: 'N1' }] } }] } }, '/FatturaElettronica/FatturaElettronicaBody/0/DatiBeniServizi/DettaglioLinee/1/Natura'],
    ['no wrapper', { FatturaElettronicaBody: [{ DatiBeniServizi: { DettaglioLinee: [{}, {}] } }] }, '/FatturaElettronicaBody/0/DatiBeniServizi/DettaglioLinee/1/Natura'],
    ['one instead of an array', { FatturaElettronica: { FatturaElettronicaBody: { DatiBeniServizi: { DettaglioLinee: [{}, {}] } } } }, '/FatturaElettronica/FatturaElettronicaBody/DatiBeniServizi/DettaglioLinee/1/Natura'],
    ['something missing', { FatturaElettronica: {} }, '/FatturaElettronica/FatturaElettronicaBody/DatiBeniServizi/DettaglioLinee/Natura'],
  ])('%s', (_, given, expected) => expect(pointerOf(given, LINE)).toBe(expected));

  it('points to an attribute by its name', () => expect(pointerOf({ FatturaElettronica: {} }, '/FatturaElettronica/@versione')).toBe('/FatturaElettronica/versione'));

  it.each([undefined, 'x', []])('has nothing to point into in %j', (given) => expect(pointerOf(given, LINE)).toBeUndefined());

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.string(), (given, path) => void pointerOf(given, path)));
    expect(pointerOf({ FatturaElettronica: {} }, '/FatturaElettronica/__proto__/x')).toBe('/FatturaElettronica/__proto__/x');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsOf } from '../../build/testing/documents.js';
import { ORDINARY, SIMPLIFIED } from '../../schema/index.js';
import { fromJson } from '../from-json.js';
import { toJson } from '../to-json.js';
import { INVOICE_SCHEMA, jsonSchema, openApiSchemas } from './index.js';
import { patternOf } from './simple.js';

type Schema = Readonly<Record<string, unknown>>;
const TABLES = [ORDINARY, SIMPLIFIED];

/** As much of JSON Schema as ours uses; an unknown word is a fault of the test. */
function faults(schema: Schema, value: unknown, root: Schema, path = ''): string[] {
  return Object.entries(schema).flatMap(([word, rule]): string[] => {
    const say = (what: string) => [`${path}: ${what}`];
    const object = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
    switch (word) {
      case '$ref': {
        const target = (rule as string).slice(2).split('/').reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], root);
        if (!target) throw new Error(`${String(rule)} leads nowhere`);
        return faults(target as Schema, value, root, path);
      }
      case 'allOf':
        return (rule as Schema[]).flatMap((one) => faults(one, value, root, path));
      case 'oneOf':
        return (rule as Schema[]).filter((one) => faults(one, value, root, path).length === 0).length === 1 ? [] : say('not exactly one of the alternatives');
      case 'type':
        return (rule === 'array' ? Array.isArray(value) : rule === 'object' ? object !== undefined : typeof value === rule) ? [] : say(`not ${String(rule)}`);
      case 'properties':
        return object ? Object.entries(rule as Record<string, Schema>).flatMap(([name, one]) => (name in object ? faults(one, object[name], root, `${path}/${name}`) : [])) : [];
      case 'required':
        return object ? (rule as string[]).filter((name) => !(name in object)).flatMap((name) => say(`${name} is missing`)) : [];
      case 'additionalProperties':
        expect(rule).toBe(false);
        return object ? Object.keys(object).filter((name) => !(name in ((schema['properties'] as object | undefined) ?? {}))).flatMap((name) => say(`${name} is unknown`)) : [];
      case 'items':
        return Array.isArray(value) ? value.flatMap((one, i) => faults(rule as Schema, one, root, `${path}/${i}`)) : [];
      case 'minItems':
        return Array.isArray(value) && value.length < (rule as number) ? say('too few') : [];
      case 'enum':
        return (rule as unknown[]).includes(value) ? [] : say('not in the list');
      case 'pattern':
        return new RegExp(rule as string, 'u').test(value as string) ? [] : say(`does not match ${String(rule)}`);
      case 'minLength':
        return [...(value as string)].length < (rule as number) ? say('too short') : [];
      case 'maxLength':
        return [...(value as string)].length > (rule as number) ? say('too long') : [];
      case '$schema':
      case '$defs':
      case 'title':
      case 'description':
      case 'format':
        return [];
      default:
        throw new Error(`the test does not know ${word}`);
    }
  });
}

describe('the OpenAPI schemas', () => {
  const schemas = openApiSchemas();
  const root = { components: { schemas } };
  const check = (value: unknown) => faults(schemas[INVOICE_SCHEMA]!, value, root);

  it.each(TABLES)('admit every $kind document, and so does the JSON Schema of its own', (schema) => {
    const alone = jsonSchema(schema.kind);
    fc.assert(
      fc.property(documentsOf(schema), (document) => {
        const json = toJson(document);
        expect(check(json)).toEqual([]);
        expect(faults(alone, json, alone)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('say of every element what it is, and of every simple one what it must look like', () => {
    for (const table of TABLES) {
      for (const def of table.elements) {
        const steps = def.path.split('/').slice(1);
        let at: Schema = { properties: { [table.root.name]: schemas[table.root.name] } };
        for (const step of steps) at = resolve(at, step);
        expect(def.type ? at['type'] : 'string', def.path).toBe('string');
        if (!def.type) expect(Object.keys(at['properties'] as object).filter((name) => def.child(name))).toEqual(def.children.map(({ name }) => name));
        if (def.type?.codes) expect(at['enum'], def.path).toEqual(def.type.codes.entries.filter(({ inSchema }) => inSchema).map(({ code }) => code));
      }
    }
    function resolve(at: Schema, step: string): Schema {
      let next = (at['properties'] as Record<string, Schema>)[step]!;
      next = (next['items'] as Schema | undefined) ?? next;
      next = (next['allOf'] as Schema[] | undefined)?.[0] ?? next;
      const ref = next['$ref'] as string | undefined;
      return ref === undefined ? next : schemas[ref.split('/').pop()!]!;
    }
  });

  it('refuse what the JSON form refuses', () => {
    const [line] = [{ Descrizione: 'x', PrezzoUnitario: '1.00', PrezzoTotale: '1.00', AliquotaIVA: '22.00' }];
    const goods = (one: object): string[] => faults({ $ref: '#/components/schemas/FatturaElettronicaDettaglioLinee' }, one, root);
    expect(goods(line)).toEqual([]);
    expect(goods({ ...line, Prezzo: '1' })).toEqual([': Prezzo is unknown']);
    expect(goods({ ...line, AliquotaIVA: '22.0' })).toEqual([expect.stringContaining('/AliquotaIVA: does not match')]);
    expect(goods({ ...line, Natura: 'N9' })).toEqual(['/Natura: not in the list']);
    expect(goods({ Descrizione: 'x' })).toHaveLength(3);
    expect(goods({ ...line, ScontoMaggiorazione: {} })).toHaveLength(1);
    const party = (one: object): string[] => faults({ $ref: '#/components/schemas/FatturaElettronicaAnagrafica' }, one, root);
    expect(party({ Denominazione: 'x' })).toEqual([]);
    expect(party({ Nome: 'x', Cognome: 'y' })).toEqual([]);
    expect(party({ Nome: 'x' })).toHaveLength(1);
    expect(party({ Denominazione: 'x', Nome: 'x', Cognome: 'y' })).toHaveLength(1);
  });

  it('name each type once, refer to nothing else, and stay small', () => {
    const text = JSON.stringify(schemas);
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(schemas).toHaveProperty(name);
    for (const name of Object.keys(schemas)) expect(name).toMatch(/^FatturaElettronica[A-Za-z0-9]*$/);
    const bodies = Object.values(schemas).map((one) => JSON.stringify(one));
    expect(bodies.filter((one, i) => bodies.indexOf(one) !== i).length).toBeLessThan(4);
    expect(text.length).toBeLessThan(90_000);
  });

  it('have the patterns of the schema table', () => {
    for (const type of new Set(TABLES.flatMap(({ elements }) => elements).map((def) => def.type))) {
      if (type?.pattern === undefined) continue;
      const pattern = new RegExp(patternOf(type.pattern), 'u');
      fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 3 }), fc.stringMatching(/^[A-Z0-9.-]{1,17}$/)), (text) => pattern.test(text) === type.accepts(text) || [...text].length > (type.maxLength ?? Infinity)), { numRuns: 30 });
    }
  });

  it('leave out of `required` what is filled in when it is missing', () => {
    const form = { FatturaElettronica: { versione: 'FPR12', FatturaElettronicaHeader: { DatiTrasmissione: {} }, FatturaElettronicaBody: [{ DatiBeniServizi: { DettaglioLinee: [{}] } }] } };
    const built = fromJson(form);
    expect(built.ok && built.xml.toString()).toMatch(/<FormatoTrasmissione>FPR12<[\s\S]*<NumeroLinea>1</);
    const said = check(form).join('\n');
    expect(said).not.toBe('');
    expect((schemas['FatturaElettronicaDettaglioLinee'] as { required: string[] }).required).not.toContain('NumeroLinea');
    expect((schemas['FatturaElettronicaDatiTrasmissione'] as { required: string[] }).required).not.toContain('FormatoTrasmissione');
  });
});

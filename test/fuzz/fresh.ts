import type { ElementDef, SchemaTable, SimpleType } from '../../src/fatturapa/schema/index.js';
import type { FormatoTrasmissione } from '../../src/fatturapa/index.js';
import type { Random } from './random.js';
import type { Node } from './tree.js';
import { rightValue } from './values.js';

/** Where chance does not find a value of the type. */
const BY_NAME: Readonly<Record<string, string>> = { EmailType: 'a@b.it', EmailContattiType: 'aa@bb.it', IBANType: 'IT60X0542811101000000123456', BICType: 'BPPIITRRXXX', CodiceFiscaleType: 'RSSMRA80A01H501U', CodiceFiscalePFType: 'RSSMRA80A01H501U', PesoType: '9999.99', TitoloType: 'Dr', TelFaxType: '0612345' };

export const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export function valueFor(random: Random, type: SimpleType): string {
  const value = BY_NAME[type.name] !== undefined && random.chance(0.5) ? BY_NAME[type.name] : rightValue(random, type);
  return value ?? BY_NAME[type.name] ?? type.codes?.entries.find((entry) => entry.inSchema)?.code ?? '1';
}

/** A valid element with what the table lets stand in it: everything optional with the same probability. */
export function fresh(random: Random, def: ElementDef, fill: number): Node {
  const node: Node = { name: def.name, attributes: '', children: [] };
  if (def.type) {
    node.children.push(escaped(valueFor(random, def.type)));
    return node;
  }
  const add = (child: ElementDef): void => {
    let times = child.min > 0 || random.chance(fill) ? 1 : 0;
    while (times > 0 && times < child.max && random.chance(0.2)) times += 1;
    for (; times > 0; times -= 1) node.children.push(fresh(random, child, fill));
  };
  for (const particle of def.content) {
    if (particle.kind === 'element') add(particle.element);
    else random.pick(particle.alternatives).forEach(add);
  }
  return node;
}

export function freshInvoice(random: Random, schema: SchemaTable, formato: FormatoTrasmissione): Node {
  const root = fresh(random, schema.root, random.pick([0, 0.2, 0.5, 1]));
  root.name = `p:${root.name}`;
  root.attributes = ` xmlns:p="${schema.namespace}" versione="${formato}"`;
  return root;
}

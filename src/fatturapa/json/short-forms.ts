import { jsonFindings } from './findings.js';
import type { ObjectReader } from './object-reader.js';
import { JsonElement, pointerStep } from './place.js';

const named = (element: JsonElement, name: string): JsonElement[] => element.children.filter(({ def }) => def.name === name);

/** Lines without any NumeroLinea are numbered in order, from 1, in each body. Numbers on some lines only could mean several things. */
export function numberLines(reader: ObjectReader, root: JsonElement): void {
  for (const body of named(root, 'FatturaElettronicaBody')) {
    for (const goods of named(body, 'DatiBeniServizi')) {
      const lines = named(goods, 'DettaglioLinee');
      const def = lines[0]?.def.child('NumeroLinea');
      if (!def) continue;
      const without = lines.filter((line) => named(line, 'NumeroLinea').length === 0);
      if (without.length < lines.length) {
        for (const line of without) reader.report(jsonFindings.someLinesNumbered(line.where()));
        continue;
      }
      for (const line of lines) {
        const number = new JsonElement(def, line, 1, pointerStep(def.name));
        number.value = String(line.index);
        line.children.push(number);
      }
    }
  }
}

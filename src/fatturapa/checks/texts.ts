import type { Text } from '../schema/types.js';

/** A text with gaps (`{found}`), cut once. Every second part is the name of a gap. */
export interface Template {
  readonly it: readonly string[];
  readonly en: readonly string[];
}

const GAP = /\{([a-z][A-Za-z0-9]*)\}/;

export const template = (text: Text): Template => ({ it: text.it.split(GAP), en: text.en.split(GAP) });

/** The names of the gaps of a text: for the tests of the table. */
export const gapsOf = (text: Text): readonly string[] => [...new Set([text.it, text.en].flatMap((one) => one.split(GAP).filter((_, index) => index % 2 === 1)))];

type Values = Readonly<Record<string, string | Text>>;

function filled(parts: readonly string[], language: 'it' | 'en', values: Values): string {
  let text = '';
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? '';
    const value = index % 2 === 0 ? part : values[part];
    text += value === undefined ? '' : typeof value === 'string' ? value : value[language];
  }
  return text;
}

export const fill = ({ it, en }: Template, values: Values): Text => ({ it: filled(it, 'it', values), en: filled(en, 'en', values) });

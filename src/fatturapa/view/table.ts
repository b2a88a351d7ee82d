import type { Element } from '../document/model.js';

/** One column of a table of elements. */
export interface Column {
  /** Class of its cells; also what its label hangs on where the table is laid out as cards. */
  readonly key: string;
  /** Escaped. */
  readonly head: string;
  readonly numeric?: boolean;
  /** Names the row: a row header. */
  readonly row?: boolean;
  /** The cell's HTML; empty when there is nothing to show. */
  readonly cell: (element: Element) => string;
}

export interface TableOptions {
  /** Escaped. */
  readonly caption: string;
  readonly className: string;
  /** A last row, one cell for each column that is shown. */
  readonly foot?: (columns: readonly Column[]) => string;
}

/** A table with a row for each element. A column in which no row has anything is left out; with no row there is no table. */
export function table(rows: readonly Element[], columns: readonly Column[], { caption, className, foot }: TableOptions): string {
  if (rows.length === 0) return '';
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  const shown = columns.map((_, i) => cells.some((row) => row[i] !== ''));
  const kept = columns.filter((_, i) => shown[i]);
  if (kept.length === 0) return '';
  const classOf = ({ key, numeric }: Column): string => (numeric ? `${key} num` : key);
  const head = kept.map((column) => `<th scope="col" class="${classOf(column)}">${column.head}</th>`).join('');
  // The label is for narrow screens, where each row is a card.
  const open = columns.map((column) => `<${column.row ? 'th scope="row"' : 'td'} class="${classOf(column)}" data-l="${column.head}">`);
  const close = columns.map((column) => (column.row ? '</th>' : '</td>'));
  const out: string[] = [`<table class="${className}"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>`];
  for (const row of cells) {
    let line = '<tr>';
    for (let i = 0; i < columns.length; i++) if (shown[i]) line += open[i] + (row[i] ?? '') + close[i];
    out.push(line, '</tr>');
  }
  out.push('</tbody>', foot ? foot(kept) : '', '</table>');
  return out.join('');
}

/** Pairs of label and value; those without a value are left out, and with none of them there is no list. */
export function pairs(items: readonly (readonly [label: string, value: string])[], className = 'pairs'): string {
  const kept = items.filter(([, value]) => value !== '');
  if (kept.length === 0) return '';
  return `<dl class="${className}">${kept.map(([label, value]) => `<div><dt>${label}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

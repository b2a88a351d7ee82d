import { all, child, type Element } from '../../document/model.js';
import { type Column, table } from '../table.js';
import { TEXTS } from '../texts.js';
import type { View } from '../view.js';

/** The attachments by name, format and size. Their content stays in the file: a page without scripts has nothing safe to do with it. */
export function attachments(view: View, body: Element): string {
  const own = (key: string, head: string, name: string, more: Partial<Column> = {}): Column => ({ key, head, cell: (row) => view.take(child(row, name)), ...more });
  const columns: Column[] = [
    own('g', view.say(TEXTS.name), 'NomeAttachment', { row: true }),
    own('d', view.say(TEXTS.description), 'DescrizioneAttachment'),
    own('k', view.say(TEXTS.format), 'FormatoAttachment'),
    own('c', view.say(TEXTS.compression), 'AlgoritmoCompressione'),
    own('t', view.say(TEXTS.size), 'Attachment', { numeric: true }),
  ];
  const list = table(all(body, 'Allegati'), columns, { caption: `<span class=\"vh\">${view.say(TEXTS.attachments)}</span>`, className: 'plain' });
  return list && `${list}<p class="note">${view.say(TEXTS.attachmentsNote)}</p>`;
}
